"""The event loop that an item is handed: what runs in it ends with it, and nothing in it fails unheard."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from spec.support import garbage
from spec.support.collecting import SaboteurItem
from spec.support.deadlines import IMPATIENT, deadline, overdue
from spec.support.world import HELD, SABOTAGE

if TYPE_CHECKING:
    import asyncio

Value = TypeVar("Value")
LoopFactory = Callable[[], "asyncio.AbstractEventLoop"]


class Loops:
    """Makes the loops of one item, runs coroutines in them, and remembers what they left."""

    def __init__(self, factory: LoopFactory) -> None:
        self._factory = factory
        self._made: list[asyncio.AbstractEventLoop] = []
        self._left: list[str] = []

    def make(self) -> asyncio.AbstractEventLoop:
        """Make a loop whose unheard exceptions are remembered, unless somebody else sets out to hear them."""
        loop = self._factory()
        loop.set_exception_handler(self._remember)
        self._made.append(loop)
        return loop

    def run(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        """Run a coroutine in a fresh loop, in this thread; raise `Overdue` when it does not end in time."""
        import asyncio  # noqa: PLC0415 - 50 ms that only chapters with loops pay

        with asyncio.Runner(loop_factory=self.make) as runner:
            return runner.run(self._to_its_end(coroutine))

    def left_behind(self) -> list[str]:
        """Name the tasks and loops that did not end, and the exceptions that nobody heard."""
        garbage.collect()  # a task tells of its unheard exception only when it goes
        return [*self._left, *(f"event loop {loop}" for loop in self._open())]

    def close(self) -> None:
        """Close what was left open."""
        for loop in self._open():
            loop.close()

    def _open(self) -> list[asyncio.AbstractEventLoop]:
        return [loop for loop in self._made if not loop.is_closed()]

    async def _to_its_end(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        import asyncio  # noqa: PLC0415

        value = await _in_time(coroutine)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:  # what is only slow to go is not left behind
            _, others = await asyncio.wait(others, timeout=deadline())
        self._left += [f"task {task}" for task in others]
        self._left += [f"asynchronous generator {each}" for each in _generators(asyncio.get_running_loop())]
        return value

    def _remember(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._left.append(f"unheard in a loop: {context['message']} ({context.get('exception')!r})")


async def _in_time(coroutine: Coroutine[Any, Any, Value]) -> Value:
    watch = _Watch()
    error = None
    try:
        value = await coroutine
    except BaseException as raised:
        if not watch.has_barked:
            raise
        error = raised
    finally:
        watch.end()
    if watch.has_barked:  # even if the coroutine made light of it, and came to an end of its own
        raise overdue("the end of a coroutine") from error
    return value


class _Watch:
    """Cancels the task that makes it when the deadline passes by the machine's clock, whatever the loop's own says."""

    def __init__(self) -> None:
        import asyncio  # noqa: PLC0415

        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        self._give_up = time.monotonic() + deadline()
        self.has_barked = False
        self._look()

    def _look(self) -> None:
        remaining = self._give_up - time.monotonic()
        if remaining <= 0 and self._task:
            self.has_barked = self._task.cancel()
        self._next_look = self._loop.call_later(remaining if remaining > 0 else IMPATIENT, self._look)

    def end(self) -> None:
        self._next_look.cancel()


def _generators(loop: asyncio.AbstractEventLoop) -> list[Any]:
    """Those that were begun and not ended; loops of other makers may not tell."""
    return [each for each in getattr(loop, "_asyncgens", ()) if each.ag_frame is not None]


@pytest.fixture
def _loops(request: pytest.FixtureRequest) -> Iterator[Loops]:
    item = request.node
    loops = Loops(item.stash[SABOTAGE].loop_factory or _own)
    yield loops
    succeeded = item.stash.get(HELD, False) and not isinstance(item, SaboteurItem)
    left = loops.left_behind() if succeeded else []
    loops.close()
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _own() -> asyncio.AbstractEventLoop:
    import asyncio  # noqa: PLC0415

    return asyncio.new_event_loop()


@pytest.fixture
def loop_factory(_loops: Loops) -> LoopFactory:
    """Makes the event loops of this run; under sabotage, broken ones."""
    return _loops.make


@pytest.fixture
def run_async(_loops: Loops) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine in a fresh loop of this run, in the calling thread, within the deadline."""
    return _loops.run
