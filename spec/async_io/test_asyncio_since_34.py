"""asyncio has been a part of the standard library since 3.4."""

import asyncio
import sys

import pytest

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="asyncio 从 3.4 版起就是标准库的一部分。",
    decides={"asyncio.since-34": 635},
    ruling=Holds(references=["https://docs.python.org/3/whatsnew/3.4.html#asyncio"]),
    needs=[can_start_programs],
)

PROGRAM = sample(__file__, "asyncio_from_the_library")

# What it came with in 3.4, by kind; its decorator, its function `async` and JoinableQueue have gone since.
CAME_WITH = {
    "loops": ["AbstractEventLoop", "BaseEventLoop", "Handle", "TimerHandle", "new_event_loop", "get_event_loop"],
    "tasks": ["Task", "Future", "gather", "wait", "wait_for", "as_completed", "sleep", "shield", "iscoroutine"],
    "locks": ["Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore"],
    "queues": ["Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty"],
    "streams": ["StreamReader", "StreamWriter", "open_connection", "start_server", "IncompleteReadError"],
    "transports": ["Transport", "Protocol", "DatagramTransport", "DatagramProtocol", "SubprocessProtocol"],
    "subprocesses": ["create_subprocess_exec", "create_subprocess_shell", "subprocess"],
}

offered = asyncio


def test_it_needs_nothing_but_the_library(evidence):
    """With nothing on the path but the standard library, asyncio is imported from there, and runs a coroutine."""
    ran = run(PROGRAM).show(evidence, "asyncio, where nothing is installed")

    assert (ran.lines, ran.status) == (["True"], 0)


def test_the_runtime_counts_it_among_its_modules():
    """The runtime, 3.4 or later, lists asyncio among the modules of its standard library."""
    assert sys.version_info >= (3, 4)
    assert offered.__name__ in sys.stdlib_module_names


@pytest.mark.parametrize("kind", CAME_WITH)
def test_what_it_came_with_is_still_there(kind):
    """What asyncio came with in 3.4, but for three names that were removed since, is still there."""
    assert [name for name in CAME_WITH[kind] if not hasattr(offered, name)] == []


@saboteur(caught_by=test_it_needs_nothing_but_the_library)
def module_from_elsewhere(patch):
    """What goes by the name lies outside of the library."""
    elsewhere = 'class asyncio: run, __file__ = (lambda job: "/elsewhere/asyncio.py"), "/elsewhere/asyncio.py"'
    patch.here(PROGRAM=PROGRAM.replacing("import asyncio  # noqa", f"{elsewhere}  # noqa"))


@saboteur(caught_by=test_the_runtime_counts_it_among_its_modules)
def module_that_is_installed(patch):
    """What offers asyncio's names is a package that somebody installed."""
    patch.here(offered=pytest)


@saboteur(caught_by=test_what_it_came_with_is_still_there)
def module_that_lost_its_names(patch):
    """The module has nothing of what it came with."""
    patch.here(offered=pytest)
