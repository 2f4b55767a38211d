"""The first `send(None)` starts a generator: its body runs up to the first yield, and no further."""

import inspect

from hypothesis.strategies import integers

from concurrency_lib.coroutines import RoundRobin
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="第一次 `send(None)` 启动生成器：函数体运行到第一个 yield 就停下。",
    decides={"coro.step1-start": 625},
    ruling=Holds(),
)


def counting(notes, before):
    """Note some steps before the first yield, and one after it."""
    for number in range(before):
        notes.append(number)
    yield "waits"
    notes.append("after")
    yield "waits again"


def task(notes):
    """Note the two turns that it has."""
    notes.append("begins")
    yield
    notes.append("goes on")


def test_start_runs_up_to_the_first_yield(evidence):
    """Starting runs all that comes before the first yield, returns what that yields, and leaves the rest."""
    notes = []
    generator = counting(notes, before=2)
    made, ran_when_made = inspect.getgeneratorstate(generator), [*notes]
    begun_with = generator.send(None)
    begun = inspect.getgeneratorstate(generator)
    generator.close()
    evidence.figures("the state of the generator", {"made": made, "after send(None)": begun})

    assert (made, ran_when_made) == (inspect.GEN_CREATED, [])
    assert (begun, begun_with) == (inspect.GEN_SUSPENDED, "waits")
    assert notes == [0, 1]


def test_start_runs_whatever_comes_before():
    """However much there is before the first yield, starting runs just that, in the course of the one call."""

    @for_any(integers(0, 300), examples=15)
    def runs_just_that(before):
        notes = []
        generator = counting(notes, before)
        generator.send(None)
        generator.close()

        assert notes == list(range(before))


def test_library_starts_a_task_at_its_first_turn(evidence):
    """A task of the round robin does not begin when it is spawned, but when its first turn comes."""
    notes, seen = [], []
    with RoundRobin() as turns:
        turns.spawn("one", task(notes))
        seen.append([*notes])
        while turns.step():
            seen.append([*notes])
    evidence.figures("what a task had noted", {f"after {n} turns": str(noted) for n, noted in enumerate(seen)})

    assert seen == [[], ["begins"], ["begins", "goes on"]]


def counting_when_made(notes, before):
    """Run up to the first yield as it is called."""
    generator = counting_on_start(notes, before)
    next(generator)
    return generator


def counting_too_late(notes, before):
    """Wait before anything else."""
    yield "waits"
    yield from counting_on_start(notes, before)


def spawn_and_begin(self, name, task):
    """Give a task its first turn at once."""
    next(task)
    SPAWN(self, name, task)


counting_on_start, SPAWN = counting, RoundRobin.spawn


@saboteur(caught_by=test_start_runs_up_to_the_first_yield)
def body_that_runs_when_called(patch):
    """The call itself runs what comes before the first yield."""
    patch.here(counting=counting_when_made)


@saboteur(caught_by=test_start_runs_whatever_comes_before)
def body_that_waits_first(patch):
    """Starting runs nothing of what comes before."""
    patch.here(counting=counting_too_late)


@saboteur(caught_by=test_library_starts_a_task_at_its_first_turn)
def task_that_begins_when_spawned(patch):
    """The round robin begins a task as it is spawned."""
    patch.setattr(RoundRobin, "spawn", spawn_and_begin)
