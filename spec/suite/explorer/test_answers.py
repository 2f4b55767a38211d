"""What the explorer answers can be read, kept, and made to happen again."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from types import SimpleNamespace

from concurrency_lib.interleavings import Lock, Schedule, Shown, explore, replay, shown
from spec.suite.explorer import programs
from spec.support import evidence


def losing(state):
    """Count up without a lock."""
    state.x = state.x + 1


def both_counted(state):
    """Tell whether no update was lost."""
    return state.x == 2


def counted():
    """Explore two workers that count."""
    return explore(programs.namespace(x=0), [losing, losing], both_counted)


def test_the_shortest_failure():
    """The failure that is shown has the fewest switches: one worker acts within the other."""
    steps = counted().failure.steps

    assert [step.worker for step in steps] in ([0, 1, 1, 0], [1, 0, 0, 1])
    assert [step.operation for step in steps] == ["read x", "read x", "write x", "write x"]


def test_values():
    """Each step shows the value that was read or written, and its source."""
    steps = counted().failure.steps

    assert [step.value for step in steps] == ["0", "0", "1", "1"]
    assert {step.source for step in steps} == {"state.x = state.x + 1"}
    assert all(step.where.rpartition(":")[0] == __file__ for step in steps)


def test_the_same_failure_ten_times():
    """A failing schedule, replayed ten times, fails ten times in the same steps."""
    failure = counted().failure

    again = [replay(programs.namespace(x=0), [losing, losing], both_counted, failure.schedule) for _ in range(10)]

    assert again == [failure] * 10


PROGRAM = """
import sys
from concurrency_lib.interleavings import Schedule, replay
from spec.suite.explorer import programs, test_answers as t
schedule = Schedule.from_text(sys.argv[1])
failure = replay(programs.namespace(x=0), [t.losing, t.losing], t.both_counted, schedule)
print(failure.kind, *(step.worker for step in failure.steps))
"""


def test_another_process():
    """A failing schedule is plain data, and fails in another process in the same steps."""
    failure = counted().failure

    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, failure.schedule.as_text()],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(failure.schedule.as_text())["turns"] == [step.worker for step in failure.steps]
    assert told.stdout.split() == ["invariant", *(str(step.worker) for step in failure.steps)]


def test_a_deadlock_cycle():
    """A deadlock is told as a cycle, from worker to lock to owner, and as a sentence."""

    def one(state):
        with state.left, state.right:
            pass

    def other(state):
        with state.right, state.left:
            pass

    def pair():
        return SimpleNamespace(left=Lock(), right=Lock())

    found = explore(pair, [one, other], programs.always)
    waits = found.deadlock.waits

    assert [wait.owners for wait in waits] == [(waits[1].worker,), (waits[0].worker,)]
    assert [wait.primitive for wait in waits] == ["Lock 2", "Lock 1"]
    assert f"waits at {__file__}:" in found.deadlock.says
    assert "for Lock 2, held by worker 1 (other)" in found.deadlock.says


def test_assumptions():
    """What was assumed is part of the answer: the given names, or what was concluded without them."""
    automatic, named = programs.unlocked(1), programs.unlocked(1, shared={"BALANCE"})

    assert any("names are bound anew" in assumption for assumption in automatic.assumptions)
    assert any("by these names: BALANCE" in assumption for assumption in named.assumptions)
    assert (named.schedules, named.failures) == (automatic.schedules, automatic.failures)


def test_outcomes():
    """What is observed of the final states is tallied over all schedules."""
    found = explore(programs.namespace(x=0), [losing, losing], programs.always, observe=lambda s: s.x)

    assert found.outcomes == {1: 2, 2: 2}


def test_a_schedule_as_text():
    """A schedule survives being written as text."""
    schedule = Schedule((0, 1), "shared", ("x",), ("x", "y"))

    assert Schedule.from_text(schedule.as_text()) == schedule


def test_shown():
    """A failure is shown as steps with the fields that the report's evidence has, values included."""
    steps = [evidence.Step(**step._asdict()) for step in shown(counted().failure)]

    assert Shown._fields == tuple(field.name for field in dataclasses.fields(evidence.Step))[: len(Shown._fields)]
    assert {step.where.partition(":")[0] for step in steps} == {"test_answers.py"}
    assert [step.operation for step in steps] == ["read x: 0", "read x: 0", "write x: 1", "write x: 1"]
    assert {step.thread for step in steps} == {"worker 0 (losing)", "worker 1 (losing)"}


def test_a_step_that_may_touch_anything():
    """A step that may touch anything is told by what it does alone."""

    def append(state):
        state.items.append(1)

    found = explore(lambda: SimpleNamespace(items=[]), [append], lambda _: False)

    assert "call" in [step.operation for step in found.failure.steps]
