"""A meeting place for the tasks of several processes, which needs nothing of multiprocessing: a folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from spec.support.outcomes import Overdue


@dataclass(frozen=True)
class Hall:
    """A folder in which tasks note that they have come and find whether they may go, in whatever process.

    As a context manager it lets everyone go in the end.
    """

    folder: Path
    patience: float  # seconds that a task waits before it is overdue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go("all")

    def enter(self, index: int) -> None:
        """Note that a task has come, and in which process."""
        (self.folder / f"came {index} {os.getpid()}").touch()

    def let_go(self, index: object) -> None:
        """Let a task go on, or `all`."""
        (self.folder / f"go {index}").touch()

    def came(self) -> dict[int, int]:
        """Return which tasks have come so far, each with its process's pid."""
        entries = [path.name.split() for path in self.folder.iterdir()]
        return {int(entry[1]): int(entry[2]) for entry in entries if entry[0] == "came"}

    def may_go(self, index: int) -> bool:
        """Tell whether a task may go on."""
        return any((self.folder / f"go {whom}").exists() for whom in (index, "all"))

    def wait(self, fact: Callable[[], bool], what: str) -> None:
        """Wait for a fact as long as patience lasts."""
        give_up = time.monotonic() + self.patience
        while not fact():
            if time.monotonic() > give_up:
                raise Overdue(f"not within {self.patience:g} s: {what}")
            time.sleep(0.0005)
