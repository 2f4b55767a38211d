"""What happened in a loop, and when by its clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from spec.support.evidence import Event as Mark
from spec.support.evidence import Evidence, Lane

Sleep = Callable[[float], Awaitable[Any]]


class Diary(list[tuple[str, float]]):
    """Entries of what happened, with the seconds of the running loop."""

    def note(self, what: str) -> None:
        """Enter what happens now."""
        self.append((what, asyncio.get_running_loop().time()))

    @property
    def whats(self) -> list[str]:
        """What happened, in its order."""
        return [what for what, _ in self]

    def show(self, evidence: Evidence, title: str) -> None:
        """Draw a lane for each first word, with a mark for each entry."""
        lanes: dict[str, list[Mark]] = {}
        for what, at in self:
            name, _, label = what.partition(" ")
            lanes.setdefault(name, []).append(Mark(label, round(at, 6)))
        evidence.timeline(title, [Lane(name, events=marks) for name, marks in lanes.items()])


async def greet(diary: Diary, sleep: Sleep = asyncio.sleep, name: str = "one", seconds: float = 1.0) -> None:
    """Say hello, sleep, and say hello again."""
    diary.note(f"{name} hello")
    await sleep(seconds)
    diary.note(f"{name} hello again")


async def beat(diary: Diary, times: int, every: float = 0.25) -> None:
    """Note a heart beat, again and again."""
    for _ in range(times):
        await asyncio.sleep(every)
        diary.note("heart beat")


async def blocking(seconds: float) -> None:
    """Sleep as a call does that keeps the thread: nothing else has a turn until it ends."""
    loop: Any = asyncio.get_running_loop()
    loop.block(seconds)
