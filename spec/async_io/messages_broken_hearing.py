"""Ways in which a message loop of the library hears of what has arrived: all of them broken."""

# ruff: noqa: SLF001 - what is broken is inside
from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from concurrency_lib._message_io import Ears
from concurrency_lib.message_loop import LoopStopped, MessageLoop

_hear, _post, _watch = Ears.hear, MessageLoop.post, MessageLoop.watch


def watch_and_handle(loop: MessageLoop, source: Any, name: str) -> None:
    """Watch a source, and handle every message that waits."""
    _watch(loop, source, name)
    while loop._state == "running" and loop._messages:
        loop._handlers.handle(*loop._messages.popleft())


def watch_twice(loop: MessageLoop, source: Any, name: str) -> None:
    """Watch a source, and its copy as well."""
    _watch(loop, source, name)
    with suppress(LoopStopped):
        _post(loop, name, source)


def hear_and_read(ears: Ears, *, wait: bool) -> Iterator[Any]:
    """Read what has arrived, and tell of an end."""
    for source, name in _hear(ears, wait=wait):
        source.recv(100)
        source.shutdown(socket.SHUT_RD)
        yield source, name


def hear_no_end(ears: Ears, *, wait: bool) -> Iterator[Any]:
    """Keep quiet about what is at its end."""
    yield from ((source, name) for source, name in _hear(ears, wait=wait) if source.recv(1, socket.MSG_PEEK))


def hear_of_much(ears: Ears, *, wait: bool) -> Iterator[Any]:
    """Keep quiet about a single byte."""
    yield from ((source, name) for source, name in _hear(ears, wait=wait) if source.recv(2, socket.MSG_PEEK)[1:])
