"""What is measured alone runs beside no other item of the run, on whatever worker."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from contextlib import closing

import pytest

from spec.suite.targets import hold_turn, take_turn_with_a_child_that_stays
from spec.support.deadlines import arrives, ends
from spec.support.turns import Turns

PASSES = '''
import time
from pathlib import Path


def stay(kind):
    began = time.monotonic()
    time.sleep(0.02)
    Path(f"{kind}-{os.getpid()}-{began}").write_text(f"{began} {time.monotonic()}")


@pytest.mark.parametrize("n", range(12))
def test_ordinary(n):
    """{name}: the thing is whole."""
    stay("ordinary")
    assert THING == "whole"


@measured_alone
@pytest.mark.parametrize("n", range(6))
def test_alone(n):
    """{name}: the thing is more than half."""
    stay("alone" if THING == "whole" else "sabotaged")
    assert THING == "whole"


@saboteur(caught_by=test_alone)
def breaking_it(patch):
    """The thing is broken."""
    patch.here(THING="broken")
'''


@pytest.fixture(scope="module")
def stays(trial):
    """When each item of a run on two workers was there: (kind, process, begin, end)."""
    for name in ("one", "two"):
        trial.claim(name, PASSES)
    run = trial.run("-n", "2")
    assert run.verdicts == {"one": "CONFIRMED", "two": "CONFIRMED"}, run.output
    found = [path for path in trial.folder.iterdir() if path.name.startswith(("ordinary", "alone", "sabotaged"))]
    return [(*path.name.split("-")[:2], *map(float, path.read_text().split())) for path in found]


def overlap(first, second):
    return first[1] != second[1] and first[2] < second[3] and second[2] < first[3]


def test_what_is_measured_alone_overlaps_nothing(stays):
    """While an item that must be alone runs on one worker, nothing runs on another."""
    alone = [stay for stay in stays if stay[0] == "alone"]

    assert len(alone) == 12
    assert len({process for _, process, *_ in stays}) == 2
    assert not [pair for pair in itertools.product(alone, stays) if overlap(*pair)]


@pytest.fixture
def holding(tmp_path):
    """Start a process that holds a turn; it tells when it has it, and lets go when told."""
    context = multiprocessing.get_context("spawn")
    started = []

    def start(*, alone, target=hold_turn):
        here, there = context.Pipe()
        process = context.Process(target=target, args=(tmp_path, alone, there))
        process.start()
        there.close()
        started.append((process, here))
        assert arrives(here, "that it has begun") == "asks"
        return here

    yield start
    for process, here in started:
        here.close()
        ends(process).close()


def has_its_turn(holder):
    return holder.poll(0.1)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [(False, False, True), (False, True, False), (True, False, False), (True, True, False)],
    ids=[
        "ordinary beside ordinary",
        "alone after ordinary",
        "ordinary after alone",
        "alone after alone",
    ],
)
def test_ordinary_turns_are_shared_and_others_are_not(first, second, together, holding):
    """Ordinary turns are held together; one alone waits for all others to end, and they for it."""
    earlier = holding(alone=first)
    assert arrives(earlier, "the first turn") == "has it"
    later = holding(alone=second)

    assert has_its_turn(later) is together

    earlier.send("let go")

    assert arrives(later, "the second turn") == "has it"


def test_a_turn_alone_is_not_overtaken(holding):
    """Who asks after a turn alone waits until that one has been, though it could be let in at once."""
    ordinary = holding(alone=False)
    assert arrives(ordinary, "the ordinary turn") == "has it"
    alone = holding(alone=True)
    assert not has_its_turn(alone)
    late = holding(alone=False)
    assert not has_its_turn(late)

    ordinary.send("let go")
    assert arrives(alone, "the turn alone") == "has it"
    assert not has_its_turn(late)
    alone.send("let go")

    assert arrives(late, "the late turn") == "has it"


def test_a_turn_ends_with_the_process_that_held_it(holding, tmp_path):
    """A turn of a process that died is over, though a child that it forked lives on."""
    holder = holding(alone=True, target=take_turn_with_a_child_that_stays)
    child = arrives(holder, "the child that stays")
    assert arrives(holder, "the holder's death") == "dies"
    try:
        with closing(Turns(tmp_path)) as turns, turns.turn(alone=True):
            assert os.path.exists(f"/proc/{child}")  # noqa: PTH110
    finally:
        os.kill(child, signal.SIGKILL)
