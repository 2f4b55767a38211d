"""What a hand-over between threads of one core costs, beside a call and a switch to a generator."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, pairwise
from typing import Any

from spec.choosing.targets.switch_hands import ROUNDS, hold_on_one_core
from spec.support.measuring import Sample
from spec.support.sabotage import Patch


def seconds_of_hand_over() -> float:
    """Return how long one hand-over between two threads of one core takes."""
    ours, theirs = threading.Lock(), threading.Lock()
    theirs.acquire()
    other = threading.Thread(target=pass_on, args=(theirs, ours))
    other.start()
    before = time.perf_counter()
    pass_on(ours, theirs)
    other.join()
    return (time.perf_counter() - before) / (2 * ROUNDS)


def pass_on(mine: Any, others: Any) -> None:
    """Wait for one's turn and pass it on, again and again."""
    for _ in range(ROUNDS):
        mine.acquire()
        others.release()


def seconds_of_generator_switch() -> float:
    """Return how long it takes to go on in a generator, and to come back."""
    generator = forever()
    return each(lambda: next(generator))


def forever() -> Iterator[None]:
    """Come back at once, each time."""
    while True:
        yield


def seconds_of_call() -> float:
    """Return how long a call of a function takes that does nothing."""
    return each(lambda: None)


def each(function: Callable[[], object]) -> float:
    """Return how long one of many calls takes."""
    before = time.perf_counter()
    for _ in range(10 * ROUNDS):
        function()
    return (time.perf_counter() - before) / (10 * ROUNDS)


def hand_over_to(cheap: str) -> tuple[Sample, dict[str, float]]:
    """Compare a hand-over between threads of one core with something cheap; return the ratio, and both in ms."""
    hold_on_one_core()
    first, second = seconds_of_hand_over(), CHEAP[cheap]()
    return Sample(first / second), {"first": 1000 * first, "second": 1000 * second}


CHEAP = {"call": seconds_of_call, "generator": seconds_of_generator_switch}


def shortest_hand_over() -> float:
    """Return how long the quickest of many hand-overs on one core took, from one thread to the other."""
    hold_on_one_core()
    moments: list[float] = []
    ours, theirs = threading.Lock(), threading.Lock()
    theirs.acquire()
    other = threading.Thread(target=note_and_pass_on, args=(moments, theirs, ours))
    other.start()
    note_and_pass_on(moments, ours, theirs)
    other.join()
    return min(later - earlier for earlier, later in pairwise(moments))


def note_and_pass_on(moments: list[float], mine: Any, others: Any) -> None:
    """Wait for one's turn, note when it came, and pass it on, again and again."""
    for _ in range(ROUNDS):
        mine.acquire()
        moments.append(now())
        others.release()


def now() -> float:
    """Return the moment, in seconds."""
    return time.perf_counter()


def hand_overs_that_take_long(patch: Patch) -> None:
    """Let two milliseconds pass in each hand-over."""
    patch.setattr(sys.modules[__name__], "now", partial(next, count(step=0.002)))
