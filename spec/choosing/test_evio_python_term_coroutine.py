"""In Python, what waits in turn with others in one thread is written as coroutines."""

import asyncio
import inspect

from spec.choosing.targets import serving_ready, serving_ready_broken, workload_coroutines, workload_waits
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="在 Python 里，在一个线程中轮流等待的那些任务是用协程写的。",
    decides={"evio.python-term-coroutine": 412},
    ruling=HoldsIf(
        condition="an event loop drives the coroutines",
        because="the two words mean two things: a coroutine is an object of the language, a call that can be stopped "
        "and continued, and it runs without any event loop; the loop is what waits, and it serves callbacks as well "
        "when there is no coroutine",
        correction=Text(
            en="The model is an event loop; coroutines are the usual way to write what it runs, and callbacks another.",
            zh="这种模型叫事件循环；协程是编写循环里任务的常用方式，回调函数是另一种。",
        ),
        references=[
            "https://docs.python.org/3/glossary.html#term-coroutine",
            "https://docs.python.org/3/library/asyncio-eventloop.html#callback-handles",
        ],
    ),
    needs=[can_fork],
)

STEPS = [
    "driver begins",
    "first",
    "driver hears ready for one",
    "second, with one",
    "driver hears ready for another",
    "third, with another",
    "driver gets done",
]

drive = workload_coroutines.driven_by_hand


def test_coroutines_wait_in_turn_in_one_thread(clean_room):
    """Ten coroutines in an event loop all wait at the same time in the same thread."""
    waits = clean_room.run(workload_waits.in_coroutines, 10)

    assert (waits.at_once, waits.threads) == (10, 1)


def test_a_coroutine_runs_without_a_loop(evidence):
    """A coroutine runs step by step, by calls of its method send, where there is no event loop at all."""
    steps: list[str] = []
    talk = workload_coroutines.conversation(steps)
    before = [*steps]
    drive(talk, steps)
    evidence.transcript("a coroutine and the code that drives it", "talk.send(…)", "\n".join(steps), "StopIteration")
    talk.close()

    assert inspect.iscoroutine(talk)
    assert before == []
    assert steps == STEPS


def test_a_loop_runs_without_a_coroutine(clean_room, evidence):
    """An event loop serves clients at the same time with callbacks alone."""
    told = clean_room.run(serving_ready.by_callbacks_alone, 5)
    evidence.figures("clients that callbacks served at the same time", {"clients": len(told)})

    assert sorted(told) == [b"%d" % each for each in range(5)]


def through_a_loop(talk, steps):
    """Drive the coroutine in the loop of asyncio, which does not know what to make of what it tells."""
    try:
        asyncio.run(talk)
    except RuntimeError as error:
        steps.append(str(error))


@saboteur(caught_by=test_coroutines_wait_in_turn_in_one_thread)
def coroutines_that_are_not_driven(patch):
    """The loop runs something else."""
    patch.in_child(workload_waits.coroutines_that_never_begin)


@saboteur(caught_by=test_a_coroutine_runs_without_a_loop)
def coroutine_that_needs_a_loop(patch):
    """The coroutine is handed to an event loop."""
    patch.here(drive=through_a_loop)


@saboteur(caught_by=test_a_loop_runs_without_a_coroutine)
def loop_without_callbacks(patch):
    """The loop forgets who is to be called when something can be read."""
    patch.in_child(serving_ready_broken.loop_without_readers)
