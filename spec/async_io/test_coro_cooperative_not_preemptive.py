"""Coroutines co-operate: one runs until it gives way by itself, while a thread gives way whether it wants to or not."""

from functools import partial

import pytest

from concurrency_lib import _coroutines_rounds as rounds
from concurrency_lib.coroutines import RoundRobin
from spec.async_io import generator_lookouts, generator_rounds_broken
from spec.async_io.generator_endings import closed_quietly, failing_to_tidy
from spec.async_io.generator_lookouts import OneAfterTheOther, look_out_by_the_deadline, telling
from spec.async_io.generator_pairs import Turns
from spec.async_io.generator_rounds import SCRIPT, by_the_library, by_the_model
from spec.async_io.generator_tasks import counting, failing, give_turns_and_fail, round_of, waiting
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import has_threads
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.together import together

claim = Claim(
    zh="协程之间靠合作：正在运行的协程自己让出之前，别的协程都轮不到；线程则不论愿意与否，都可能被换下。",
    decides={"coro.cooperative-not-preemptive": 631},
    ruling=Holds(),
)

busy = generator_lookouts.busy


def test_busy_coroutine_lets_nobody_else_run():
    """While a coroutine looks out for what another would tell in its next turn, it is never told, however long."""
    told = []
    with round_of({"busy": busy(told), "telling": telling(told)}) as turns:
        results = turns.run()

    assert told == ["now"]
    assert results["busy"] is False


@needs(has_threads)
def test_busy_thread_cannot_keep_others_from_running():
    """A thread that looks out in the same way is told: the other runs although nobody gave way."""
    told = []
    with together(partial(look_out_by_the_deadline, told), partial(told.append, "now")) as (lookout, _):
        assert lookout.value()


def test_turns_go_round_in_order(evidence):
    """In the library tasks have one turn each per round, in the order in which they came, until they are done."""
    noted = Turns()
    with round_of({who: counting(noted, who, last) for who, last in {"a": 2, "b": 0, "c": 3}.items()}) as turns:
        results = turns.run()
    noted.show(evidence, "three tasks, which give way two, no and three times")

    first = ["a turn 1", "b is done", "c turn 1"]
    assert noted.notes == [*first, "a turn 2", "c turn 2", "a is done", "c turn 3", "c is done"]
    assert list(results.items()) == [("b", 0), ("a", 2), ("c", 3)]


def test_any_script_does_as_its_model():
    """Whatever tasks do and whatever drives them, the round does as its model: who raises ends alone, and is named."""

    @for_any(SCRIPT, examples=30)
    def does_as_the_model(script):
        assert by_the_library(script) == by_the_model(script)


def test_interruption_closes_all():
    """KeyboardInterrupt in a task closes the others in their order, and comes out, caused by what that raised."""
    notes, untidy = [], failing_to_tidy()
    tasks = {"a": waiting(notes, "a"), "bad": failing(KeyboardInterrupt()), "untidy": untidy, "b": waiting(notes, "b")}
    turns = round_of(tasks)
    with closed_quietly(untidy), pytest.raises(KeyboardInterrupt) as caught:
        turns.run()

    assert notes == ["b", "a"]
    assert [error.__notes__ for error in caught.value.__cause__.exceptions] == [["in task untidy"]]
    assert turns.step() is False


def test_end_of_the_block_closes_what_waits():
    """When its block ends, or fails, the library closes tasks in the order of their turns, and refuses new ones."""
    notes = []
    turns = round_of({name: waiting(notes, name) for name in "abc"})
    error = raised_by(give_turns_and_fail, turns, 4)

    assert isinstance(error, LookupError)
    assert notes == ["b", "c", "a"]
    assert (turns.step(), turns.close()) == (False, [])
    assert isinstance(raised_by(turns.spawn, "d", waiting(notes, "d")), RuntimeError)


@saboteur(caught_by=test_busy_coroutine_lets_nobody_else_run)
def coroutine_that_gives_way(patch):
    """The coroutine gives way while it looks out."""
    patch.here(busy=generator_lookouts.giving_way)


@saboteur(caught_by=test_busy_thread_cannot_keep_others_from_running, hangs=True)
def threads_that_wait_for_each_other(patch):
    """The second runs only when the first has ended."""
    patch.here(together=OneAfterTheOther)


@saboteur(caught_by=test_turns_go_round_in_order)
def round_that_begins_with_the_newest(patch):
    """The newest task has the next turn."""
    patch.setattr(RoundRobin, "spawn", generator_rounds_broken.spawn_first)


@saboteur(caught_by=test_any_script_does_as_its_model)
def round_that_closes_nothing(patch):
    """Closing forgets the tasks, and ends none."""
    patch.setattr(rounds, "end", lambda _: None)


@saboteur(caught_by=test_any_script_does_as_its_model)
def spawned_tasks_that_push_in(patch):
    """A task that is spawned has the next turn."""
    patch.setattr(RoundRobin, "spawn", generator_rounds_broken.spawn_first)


@saboteur(caught_by=test_any_script_does_as_its_model)
def errors_without_names(patch):
    """What a task raises is kept with the note of another name."""
    patch.setattr(RoundRobin, "_keep", generator_rounds_broken.keep_without_name)


@saboteur(caught_by=test_any_script_does_as_its_model)
def round_that_closes_the_last_first(patch):
    """Closing begins with the task whose turn is the farthest."""
    patch.setattr(RoundRobin, "_close_all", generator_rounds_broken.close_backwards)


@saboteur(caught_by=test_any_script_does_as_its_model)
def error_that_stops_the_round(patch):
    """When a task has raised, no other has a turn."""
    patch.setattr(RoundRobin, "step", generator_rounds_broken.stop_at_an_error)


@saboteur(caught_by=test_interruption_closes_all)
def interruption_that_leaves_tasks(patch):
    """An interruption comes out, and the tasks are left."""
    patch.setattr(RoundRobin, "_close_all", lambda _: [])


@saboteur(caught_by=test_end_of_the_block_closes_what_waits)
def block_that_closes_nothing(patch):
    """The end of the block leaves the tasks waiting."""
    patch.setattr(RoundRobin, "__exit__", lambda *_: None)
