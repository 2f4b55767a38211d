"""What a parent hears of its forked child."""

from __future__ import annotations

import os
import selectors
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import FileIO

    from concurrency_lib._deadline import Deadline


class News:
    """The child's report, which comes through a pipe, and its end, if the system announces that."""

    def __init__(self, pid: int, report: int) -> None:
        self.heard = bytearray()
        os.set_blocking(report, False)
        # Files rather than bare descriptors: if they are forgotten they close, with a ResourceWarning.
        self._report = os.fdopen(report, "rb", buffering=0)
        self._announcement = open_announcement(pid)
        self._pause = 0.001

    def wait(self, deadline: Deadline) -> None:
        """Return when there may be news. The report is read meanwhile: it may be longer than a pipe holds."""
        if self._announcement:
            self._select(deadline.remaining())
        else:
            self._pause = min(2 * self._pause, 0.05)
            self._select(deadline.at_most(self._pause))
        self._read()

    def close(self) -> None:
        """Read what is left of the report, and close the files."""
        self._read()
        self._report.close()
        if self._announcement:
            self._announcement.close()

    def _select(self, seconds: float | None) -> None:
        with selectors.DefaultSelector() as selector:
            for source in (self._report, self._announcement):
                if source and not source.closed:
                    selector.register(source, selectors.EVENT_READ)
            selector.select(seconds)

    def _read(self) -> None:
        if self._report.closed:
            return
        while chunk := self._report.read(65536):
            self.heard += chunk
        if chunk is not None:  # the end of the pipe: always ready, it would turn every wait into a busy one
            self._report.close()


def open_announcement(pid: int) -> FileIO | None:
    """Return a file that becomes readable when the process ends, or None if the system offers none."""
    try:
        return os.fdopen(os.pidfd_open(pid), "rb", buffering=0)
    except (AttributeError, OSError):
        return None
