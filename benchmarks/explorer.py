"""How many schedules a second the explorer makes, and whether its memory stays as it is.

Run as `python benchmarks/explorer.py` in the project's root. Each case is made five times, and the best time counts.
"""  # noqa: INP001 - a script, not part of a package

from __future__ import annotations

import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from spec.suite.explorer import programs

CASES = {
    "two unlocked passes each": lambda: programs.unlocked(2),
    "the same, shared names given": lambda: programs.unlocked(2, shared={"BALANCE"}),
    "six locked sections each": lambda: programs.sections(2, 6),
}


def best_of_five(explore):  # noqa: ANN001, ANN201 - a script is read, not called
    """Return the number of schedules and the least time in seconds."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        found = explore()
        times.append(time.perf_counter() - began)
    return found.schedules, min(times)


def growth():  # noqa: ANN201 - a script is read, not called
    """Return how many bytes more are kept in an exploration of 3334 schedules than in one of 34, at the most."""
    peaks = []
    for passes in (1, 2):
        tracemalloc.start()
        programs.unlocked(passes)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return peaks[1] - peaks[0]


print(sys.version)  # noqa: T201 - a command prints
for name, case in CASES.items():
    schedules, seconds = best_of_five(case)
    print(f"{name}: {schedules} schedules in {seconds:.2f} s, {schedules / seconds:.0f} a second")  # noqa: T201 - a command prints
if sys.implementation.name == "cpython":
    print(f"98 times as many schedules keep {growth()} bytes more at the most")  # noqa: T201 - a command prints
