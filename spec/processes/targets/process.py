"""What the claims about Process run in child processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from pathlib import Path


def tell(into: Any, function: Callable[..., Any], *args: Any) -> None:
    """Send this process's pid, and what a function returns here."""
    into.send((os.getpid(), function(*args)))


def tell_when_let_go(into: Any, until: Any) -> None:
    """Send this process's pid at once, and when told to go on, the time."""
    into.send(os.getpid())
    until.recv()
    into.send(time.monotonic())


def add_line(file: Path) -> None:
    """Add this process's pid to a file."""
    with file.open("a") as lines:
        lines.write(f"{os.getpid()}\n")


def add_line_when_let_go(file: Path, until: Any) -> None:
    """Add the line when told to go on."""
    until.recv()
    add_line(file)


def put_and_tell(queue: Any, item: Any, into: Any) -> None:
    """Put one item into a queue, then tell, and have nothing more to do."""
    queue.put(item)
    into.send("done")


def be_silent_and_complain(about: str) -> NoReturn:
    """Raise, without the traceback that the interpreter prints at the end of a process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    complain(about)


def say(word: Any) -> Any:
    """Return what was handed in."""
    return word


def kind_of_process() -> tuple[int, str]:
    """Return the pid, and the class of process that this is."""
    return os.getpid(), type(multiprocessing.current_process()).__name__


def end_by(signum: int) -> None:
    """End this process by a signal."""
    os.kill(os.getpid(), signum)


def stay() -> None:
    """Wait for what never comes."""
    threading.Event().wait()


def answer_and_linger(into: Any, until: Any) -> str:
    """Return an answer, and leave a thread that keeps the process from ending until told to let it."""
    into.send("about to answer")
    threading.Thread(target=until.recv).start()
    return "an answer"


def complain(about: str) -> NoReturn:
    """Raise."""
    raise LookupError(about)


def interrupt() -> NoReturn:
    """Raise what would interrupt the process that hears it as if it were its own."""
    raise KeyboardInterrupt


class Rooted(Exception):
    """An exception that cannot be carried to another process."""

    def __reduce__(self) -> NoReturn:
        """Refuse."""
        raise TypeError("stays where it is")


def complain_in_place(about: str) -> NoReturn:
    """Raise what cannot be carried."""
    raise Rooted(about)


def make_a_lambda() -> Callable[[], None]:
    """Return what cannot be carried."""
    return lambda: None


def start_where_fork_is_refused() -> dict[str, str]:
    """Try multiprocessing under a kernel that refuses every fork."""
    os.fork = refuse
    context = multiprocessing.get_context("fork")
    found = {"start method": context.get_start_method()}
    process = context.Process()
    try:
        process.start()
    except OSError as error:
        return found | {"start": errno.errorcode[error.errno or 0]}
    process.join()
    return found | {"start": "a process"}


def refuse() -> NoReturn:
    """Answer a fork as a kernel without processes does."""
    raise OSError(errno.ENOSYS, "function not implemented")
