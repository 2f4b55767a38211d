"""What a message loop waits by: sources that can be read, and a word from another thread."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import FileDescriptorLike


class Ears:
    """Hears when one of the sources can be read, and whenever somebody calls `wake`."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._woken, self._waker = socket.socketpair()
        self._woken.settimeout(0)
        self._waker.settimeout(0)
        self._selector.register(self._woken, selectors.EVENT_READ)

    def add(self, source: FileDescriptorLike, name: str) -> None:
        """Listen to a source until it can be read, or is at its end."""
        self._selector.register(source, selectors.EVENT_READ, name)

    def hear(self, *, wait: bool) -> Iterator[tuple[FileDescriptorLike, str]]:
        """Return the sources that can be read, each with its name, and forget them.

        `wait` until there is one, or somebody has called `wake` since.
        """
        for key, _ in self._selector.select(None if wait else 0):
            if key.fileobj is self._woken:
                self._woken.recv(4096)
            else:
                self._selector.unregister(key.fileobj)
                yield key.fileobj, key.data

    def wake(self) -> None:
        """End the wait, or the next one, from any thread."""
        with suppress(BlockingIOError):  # so many have called that it wakes up anyway
            self._waker.send(b".")

    def close(self) -> None:
        """Let go of the sources, which stay open."""
        self._selector.close()
        self._woken.close()
        self._waker.close()
