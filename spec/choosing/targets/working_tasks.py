"""Tasks that a team's workers execute, whatever the workers are: they meet in a folder."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from typing import Any, NamedTuple, NoReturn

from spec.processes.targets.hall import Hall


class Who(NamedTuple):
    """A process, and a thread in it."""

    pid: int
    thread: int


class Ran(NamedTuple):
    """Which task ran, and who executed it."""

    index: int
    who: Who


def me() -> Who:
    """Say who runs this."""
    return Who(os.getpid(), threading.get_ident())


def run_now(hall: Hall, index: int) -> Ran:
    """Note that a task was begun, and say by whom."""
    note(hall, index)
    return Ran(index, me())


def note(hall: Hall, index: int) -> None:
    """Add a line to what is noted of a task."""
    with (hall.folder / f"begun {index}").open("a") as notes:
        notes.write(f"{me()}\n")


def times_begun(hall: Hall, index: int) -> int:
    """Return how often a task was begun."""
    path = hall.folder / f"begun {index}"
    return len(path.read_text().splitlines()) if path.exists() else 0


def hold(hall: Hall, index: int) -> Ran:
    """Come, and stay until let go."""
    hall.enter(index)
    hall.wait(lambda: hall.may_go(index), f"leave for task {index}")
    return Ran(index, me())


def hold_in_turn(hall: Hall, size: int, index: int) -> int:
    """Stay until all have come; end as the last of them first."""
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks in progress at once")
    if index < size - 1:
        hall.wait(lambda: hall.may_go(index), f"the end of task {index + 1}")
    return index


def double(number: Any) -> Any:
    """Return twice what it is given."""
    return number * 2


def fail_at(bad: int, index: int) -> int:
    """Raise in one task, and return from any other."""
    return complain(index) if index == bad else index


def complain(index: int) -> NoReturn:
    """Raise an exception that a reader can trace to this line."""
    raise LookupError(index)


def complain_together(hall: Hall, size: int, index: int) -> NoReturn:
    """Raise when as many tasks are in progress as are to meet, the last of them first."""
    hold_in_turn(hall, size, index)
    hall.let_go(index - 1)
    complain(index)


def leave_at(bad: int, index: int) -> int:
    """Ask the interpreter to end, in one task."""
    return sys.exit(3) if index == bad else index


class Unloadable:
    """Something whose pickle cannot be read."""

    def __reduce__(self) -> tuple[Any, tuple[int]]:
        return complain, (0,)


class BoundError(Exception):
    """An exception that holds something which cannot be pickled."""

    def __init__(self) -> None:
        super().__init__("bound to its process")
        self.holds = lambda: None


def awkward(kind: str) -> Any:
    """Come to something that does not survive the journey, or to something that does."""
    if kind == "exception":
        raise BoundError
    return {"value": lambda: None, "unreadable value": Unloadable()}.get(kind, kind)


def hold_first(hall: Hall) -> Any:
    """Return a task that is held where it is the first, and just runs where it is another."""
    return partial(hold_if_first, hall)


def hold_if_first(hall: Hall, index: int) -> Ran:
    """Be held as the first task only."""
    note(hall, index)
    return hold(hall, index) if index == 0 else Ran(index, me())


def interrupt_and_stay(hall: Hall, size: int, master: int, index: int) -> None:
    """Interrupt the master, as Control-C does, once it has handed out all it may; end when that was done."""
    note(hall, index)
    hall.wait(lambda: all(times_begun(hall, each) for each in range(size)), f"{size} tasks in progress at once")
    if index == 0:
        os.kill(master, signal.SIGINT)
        hall.let_go("all")
    hall.wait(lambda: hall.may_go(index), "the interrupt")
