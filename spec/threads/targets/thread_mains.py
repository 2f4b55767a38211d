"""What processes have to say of their main threads."""

from __future__ import annotations

import os
import threading
import warnings
from typing import NamedTuple

from concurrency_lib import fork
from spec.support.deadlines import deadline
from spec.threads.together import together


class Main(NamedTuple):
    """The threads of a process by name, and which of these is the main one."""

    threads: list[str]
    name: str
    is_current: bool


def look() -> Main:
    """Look at the threads of this process from the one that asks."""
    main = threading.main_thread()
    return Main([thread.name for thread in threading.enumerate()], main.name, main is threading.current_thread())


def look_in_a_fork_of(name: str) -> list[str]:
    """Fork in a thread of that name; return the main thread's name in the child, and its class."""
    into: tuple[int, int] = os.pipe()

    def look_and_tell() -> None:
        main = threading.main_thread()
        os.write(into[1], f"{main.name} {type(main).__name__}".encode())

    def fork_here() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # forking beside other threads
            with fork.start(look_and_tell) as child:
                child.wait(deadline())

    with together(fork_here, names=[name]) as (thread,):
        thread.value()
    return os.read(into[0], 1000).decode().split()


def rename(thread: threading.Thread, name: str) -> None:
    """Give a thread another name."""
    thread.name = name


def name_the_main_thread(names: list[str]) -> list[str]:
    """Give the main thread one name after the other; return what it is called each time."""
    called = []
    for name in names:
        rename(threading.main_thread(), name)
        called.append(threading.main_thread().name)
    return called
