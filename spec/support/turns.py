"""What others would disturb runs alone, even when several pytest workers share the machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turns:
    """A fair lock between the processes of one run: many ordinary items at once, or one that runs alone.

    The gate makes it fair: whoever waits for a turn holds it, so an item that must be alone is not overtaken for ever.
    """

    def __init__(self, directory: Path) -> None:
        self._gate = os.open(directory / "gate", os.O_RDWR | os.O_CREAT, 0o600)
        self._room = os.open(directory / "room", os.O_RDWR | os.O_CREAT, 0o600)
        os.register_at_fork(after_in_child=self.close)  # else a turn would last until the last child ends

    @contextmanager
    def turn(self, *, alone: bool) -> Iterator[None]:
        """Hold a turn: beside others of the kind, or alone."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        fcntl.flock(self._room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(self._gate, fcntl.LOCK_UN)
        try:
            yield
        finally:
            if self._room >= 0:
                fcntl.flock(self._room, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of everything, as a forked child does at once."""
        for descriptor in (self._gate, self._room):
            if descriptor >= 0:
                os.close(descriptor)
        self._gate = self._room = -1  # in a grandchild descriptors of those numbers are its own
