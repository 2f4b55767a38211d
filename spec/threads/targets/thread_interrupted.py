"""The library's call interrupted as by Control-C while its functions run, in the clean room."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from concurrency_lib import threads as library
from spec.support.deadlines import deadline, happens_in_a_while, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch


class Interrupted(NamedTuple):
    """What happened in which order, what the call raised, and what that was caused by."""

    happened: list[str]
    raised: str
    causes: list[str]


class Caller:
    """The main thread inside the library's call: how often it has begun to wait, and was interrupted there."""

    def __init__(self) -> None:
        self.waits = 0
        self.interruptions = 0
        self._due = 0
        self._really_wait: Callable[[Any], None] = library.Member.wait
        library.Member.wait = lambda member: self._note_and_wait(member)  # noqa: PLW0108 - it is to become a method
        signal.signal(signal.SIGINT, self._raise_if_due)

    def interrupt(self) -> None:
        """Interrupt it once more, when it waits again."""
        wait_until(lambda: self.waits > self.interruptions, "the caller's waiting")
        self._due += 1
        # Repeated, because a signal that comes just before a thread blocks does not wake it.
        wait_until(lambda: self._send() or self.interruptions == self._due, "the interruption")

    def _send(self) -> None:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    def _raise_if_due(self, *_: object) -> None:
        if self.interruptions < self._due:
            self.interruptions += 1
            raise KeyboardInterrupt

    def _note_and_wait(self, member: library.Member[Any]) -> None:
        self.waits += 1
        self._really_wait(member)


def interrupt(times: int, failure: type[Exception] | None = None) -> Interrupted:
    """Interrupt the caller so often, and then have a function return, or raise."""
    happened: list[str] = []
    told_to_stop = threading.Event()
    caller = Caller()

    def stop() -> None:
        happened.append("the functions are told to stop")
        told_to_stop.set()

    def go_on() -> None:
        for _ in range(times):
            caller.interrupt()
        if failure:
            raise failure
        happens_in_a_while(lambda: "the call ends" in happened)
        happened.append("a function ends")

    try:
        library.run_together(go_on, lambda: told_to_stop.wait(deadline()), stop=stop)
    except KeyboardInterrupt as error:
        happened.append("the call ends")
        causes = error.__cause__.exceptions if isinstance(error.__cause__, BaseExceptionGroup) else ()
        return Interrupted(happened, type(error).__name__, [type(cause).__name__ for cause in causes])
    return Interrupted(happened, "nothing", [])


def call_that_ends_at_once(patch: Patch) -> None:
    """Have an interrupted call end at once."""

    def leave(interruption: BaseException, *_: object) -> BaseException:
        return interruption

    patch.setattr(library, "end_early", leave)


def call_that_ends_the_second_time(patch: Patch) -> None:
    """Have a call that is interrupted again, as it waits for its functions, end at once."""

    def wait_once(
        interruption: BaseException, members: Any, ready: library.Signal, stops: list[Callable[[], object]]
    ) -> BaseException:
        ready.give(go=False)
        stops.pop()()
        library.await_ends(members)
        return interruption

    patch.setattr(library, "end_early", wait_once)


def failures_forgotten(patch: Patch) -> None:
    """Have the library forget what its functions raised."""
    patch.setattr(library, "gather", lambda _: None)
