"""One process that accepts, and another for each connection."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait

from concurrency_lib import fork
from concurrency_lib._servers_lines import (
    PAUSE,
    Limits,
    as_line,
    leave_interrupts_to_the_caller,
    logger,
    tell_of_delay,
    tell_of_failure,
)


def accept_and_fork(listener: socket.socket, lifeline: int, handle: Callable[[bytes], bytes], limits: Limits) -> None:
    """Serve each connection in a child, until the lifeline has something to read or its other end is closed."""
    leave_interrupts_to_the_caller()
    listener.settimeout(0)
    children: set[fork.ForkedChild] = set()
    with children_that_ended() as ended:
        try:
            while True:
                room = [listener] if len(children) < limits.connections else []
                ready = wait([lifeline, ended, *room])
                if lifeline in ready:
                    return
                if ended in ready:
                    with suppress(BlockingIOError):
                        os.read(ended, 4096)
                    reap(children, limits)
                if listener in ready:
                    accept(listener, children, handle, limits)
        finally:
            for child in children:
                with child:
                    child.kill()


def accept(
    listener: socket.socket, children: set[fork.ForkedChild], handle: Callable[[bytes], bytes], limits: Limits
) -> None:
    """Accept one connection, if it is still there, and fork a child for it."""
    try:
        connection, _ = listener.accept()
        with connection:
            children.add(fork.start(serve_alone, connection, listener, handle, limits))
    except (BlockingIOError, ConnectionError):
        return
    except OSError:
        time.sleep(PAUSE)


def serve_alone(
    connection: socket.socket, listener: socket.socket, handle: Callable[[bytes], bytes], limits: Limits
) -> None:
    """Be the process of one connection, which the kernel ends when the time is over."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    listener.close()
    connection.settimeout(None)
    converse(connection, handle, limits)


def converse(connection: socket.socket, handle: Callable[[bytes], bytes], limits: Limits) -> None:
    """Answer the requests of one client, until it sends no more, or something else."""
    with connection, connection.makefile("rb") as lines:
        while (line := next_line(lines.readline, limits)).endswith(b"\n"):
            answer = as_line(handle(line[:-1]))
            try:
                connection.sendall(answer)
            except ConnectionError:
                return


def next_line(readline: Callable[[int], bytes], limits: Limits) -> bytes:
    """Read a line, or as much of it as a request may have; nothing where the client is gone."""
    try:
        return readline(limits.line + 1)
    except ConnectionError:
        return b""


def reap(children: set[fork.ForkedChild], limits: Limits) -> None:
    """Reap the children that have ended, and log what ended before its time."""
    for child in list(children):
        try:
            ending = child.wait(0)
        except TimeoutError:
            continue
        except fork.ChildFailed as failure:
            tell_of_failure(failure.__cause__ or failure)
        else:
            tell(ending, limits)
        children.discard(child)


def tell(ending: fork.Exit, limits: Limits) -> None:
    """Log the end of a child that was not its own."""
    if ending.signal == signal.SIGALRM:
        tell_of_delay(limits.seconds)
    elif ending.signal is not None or ending.code:
        logger.error("a connection was closed without an answer: its process ended with %s", ending)


@contextmanager
def children_that_ended() -> Iterator[int]:
    """Yield a descriptor that has something to read when a child has ended."""
    ended, told = os.pipe()
    for end in (ended, told):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    try:
        yield ended
    finally:
        signal.set_wakeup_fd(-1)
        for end in (ended, told):
            os.close(end)
