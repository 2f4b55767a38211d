"""What can be read from the turns that tasks had: their order, their length, their overlap, and a picture of them."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from spec.processes.targets.turns import PAUSE, Report, Turn, run_together
from spec.support.evidence import Evidence, Lane, Span, in_ms
from spec.support.measuring import Sample, observed

Measure = Callable[[Sequence[Report]], float]


class Stretch(NamedTuple):
    """The time during which one task, and none of the others, was seen to compute."""

    task: int
    start: float
    end: float


def stretches(run: Sequence[Report]) -> list[Stretch]:
    """Return who computed from when to when, in order; turns of a task with nobody's turn between them are one.

    Turns shorter than a pause are left out: they may lie in a pause of another task that went unnoticed.
    """
    turns = sorted((turn.start, turn.end, task) for task in range(len(run)) for turn in long_turns(run[task]))
    joined: list[Stretch] = []
    for start, end, task in turns:
        follows_itself = joined and joined[-1].task == task
        joined.append(Stretch(task, joined.pop().start if follows_itself else start, end))
    return joined


def long_turns(report: Report) -> list[Turn]:
    """Return the turns that are longer than what counts as a pause."""
    return [turn for turn in report.turns if turn.end - turn.start > PAUSE]


def while_all_live(run: Sequence[Report]) -> tuple[float, float]:
    """Return when every task had begun, and when none had ended yet."""
    return max(report.turns[0].start for report in run), min(report.turns[-1].end for report in run)


def length_of_turns(run: Sequence[Report]) -> float:
    """Return the median length, in seconds, of the stretches that began and ended while all tasks lived.

    It is infinite where there is none: then no task was taken off the core for another.
    """
    first, last = while_all_live(run)
    ended = [s.end - s.start for s in stretches(run) if first <= s.start and s.end < last]
    return statistics.median(ended) if ended else math.inf


def longest_stall(run: Sequence[Report]) -> float:
    """Return the longest time, in seconds, for which a task did not get on."""
    return max((later.start - turn.end for report in run for turn, later in pairwise(report.turns)), default=0.0)


def longest_turn(run: Sequence[Report]) -> float:
    """Return the longest stretch, in seconds, of any task without a pause."""
    return max(turn.end - turn.start for report in run for turn in report.turns)


def share_at_once(run: Sequence[Report]) -> float:
    """Return for which share of the time in which all live the first two tasks computed at the same instant.

    Short turns are left out, as in `stretches`; so tasks that share one core come to nothing at all.
    """
    first, last = while_all_live(run)
    one, other = map(long_turns, run[:2])
    shared = sum(max(0.0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return shared / (last - first) if last > first else 0.0


def share_of_idlest(run: Sequence[Report], cores: Sequence[int]) -> float:
    """Return which share of all computing was done on that core that did the least of it."""
    done = dict.fromkeys(cores, 0.0)
    for report in run:
        for turn in report.turns:
            done[turn.core] = done.get(turn.core, 0.0) + turn.end - turn.start
    return min(done[core] for core in cores) / sum(done.values())


def one_core() -> list[int]:
    """Return one of the cores that this process may use."""
    return sorted(os.sched_getaffinity(0))[-1:]


def sampled(clean_room: Any, evidence: Evidence, measure: Measure, *run: Any, budget: float = 4.0) -> Iterator[Sample]:
    """Yield what `measure` says of one run after another, until the budget is spent; show the first quiet run."""
    give_up, shown = time.monotonic() + budget, False
    while time.monotonic() < give_up:
        disturbance, reports = clean_room.run(disturbed_run, *run)
        sample = Sample(measure(reports), disturbance)
        if sample.quiet and not shown:
            show_tasks(evidence, "the turns of a quiet run", reports)
            shown = True
        yield sample


def disturbed_run(tasks: int, seconds: float, cores: Collection[int] = ()) -> tuple[float, list[Report]]:
    """Run tasks together; return how many cores others used meanwhile, and the run.

    It is told in the subject: the tasks are its children, and only of its own children can it tell the time used.
    """
    runs: list[list[Report]] = []

    def take() -> float:
        runs.append(run_together(tasks, seconds, cores))
        return 0.0

    sample = next(observed(take))
    (run,) = runs
    return sample.foreign_cores, run


def show_tasks(evidence: Evidence, title: str, run: Sequence[Report]) -> None:
    """Draw a lane for each task, with the stretches in which it computed."""
    spans = [(f"task {s.task + 1}", "computes", s.start, s.end) for s in stretches(run)]
    _show(evidence, title, spans)


def show_cores(evidence: Evidence, title: str, run: Sequence[Report]) -> None:
    """Draw a lane for each core, with the turns of the tasks that it served."""
    turns = [(turn, f"task {number}") for number, report in enumerate(run, 1) for turn in report.turns]
    _show(evidence, title, [(f"core {turn.core}", task, turn.start, turn.end) for turn, task in turns])


def _show(evidence: Evidence, title: str, spans: Sequence[tuple[str, str, float, float]]) -> None:
    """Draw spans (lane, label, start, end) in milliseconds since the first began."""
    began = min((start for _, _, start, _ in spans), default=0.0)
    lanes: dict[str, list[Span]] = {}
    for lane, label, start, end in sorted(spans):
        lanes.setdefault(lane, []).append(Span(label, in_ms(start - began), in_ms(end - began)))
    evidence.timeline(title, [Lane(name, of_lane) for name, of_lane in lanes.items()], "ms")
