"""What a task server keeps of each task, and counts of all."""

from __future__ import annotations

from typing import NamedTuple


class Task:
    """A task that has no result yet: its master, its pickle, and how often it was leased."""

    __slots__ = ("leases", "master", "payload")

    def __init__(self, master: int, payload: bytes) -> None:
        self.master, self.payload, self.leases = master, payload, 0


class Lease(NamedTuple):
    """Who has a task, and until when."""

    worker: int
    due: float


class Counts(NamedTuple):
    """How many tasks wait, are leased, and have results to collect; how often what happened since the start."""

    waiting: int
    leased: int
    results: int
    settled: int
    leased_again: int
    refused: int
