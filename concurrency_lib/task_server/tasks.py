"""What a task server keeps of each task, and counts of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass
class Task:
    """A task that has no result yet: its master, its pickle, and how often it was leased."""

    master: int
    payload: bytes
    leases: int = 0


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
