"""How things stand: one line that is overwritten on a terminal; in a pipe, plain lines, and not too many."""

from __future__ import annotations

import threading
import time
from typing import TextIO

SELDOM = 10.0  # seconds between two lines in a pipe
OFTEN = 0.1  # and between two states of the line on a terminal


class Progress:
    """Writes lines, and what changes between them; any thread may use it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock = stream, threading.RLock()
        self._terminal = stream.isatty()
        self._shown = ""
        self.due = 0.0

    def line(self, text: str) -> None:
        """Write a line that stays."""
        with self._lock:
            self._stream.write(self._erased() + text + "\n")
            self._stream.flush()

    def show(self, text: str) -> None:
        """Show how things stand now, if that is news, and is due."""
        with self._lock:
            if text == self._shown or time.monotonic() < self.due:
                return
            self.due = time.monotonic() + (OFTEN if self._terminal else SELDOM)
            end = "" if self._terminal else "\n"
            self._stream.write(self._erased() + text + end)
            self._shown = text
            self._stream.flush()

    def _erased(self) -> str:
        erase, self._shown = ("\r\x1b[K" if self._terminal and self._shown else ""), ""
        return erase
