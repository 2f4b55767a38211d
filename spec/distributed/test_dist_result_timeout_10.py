"""Each answer is awaited for as long as the master says, and no longer."""

import queue
import time
from functools import partial

from spec.distributed.managing import ended_in, proxies_of, served
from spec.distributed.targets import managing_broken
from spec.processes.multiprocessed import (
    can_start_processes,
    lanes_of_a_wait,
    went_on_only_when,
)
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import deadline

claim = Claim(
    zh="每个结果最多等主控规定的那么久，不会更久。",
    decides={"dist.result-timeout-10": 459},
    ruling=Holds(),
    needs=[can_start_processes],
)

SECONDS = 0.005


def test_an_answer_that_does_not_come_is_empty(mp_context, evidence):
    """When the seconds are over, and not before, the wait for each answer ends in queue.Empty at the master."""
    with served(mp_context) as manager, proxies_of(manager, "get_answers") as [answers]:
        answers.qsize()  # so that connecting is not part of what is measured
        waits = []
        for _ in range(3):
            began = time.monotonic()
            error = ended_in(answers.get, timeout=SECONDS)
            waits.append((type(error), time.monotonic() - began))
    evidence.figures(
        f"asked to wait {1000 * SECONDS:g} ms",
        {f"answer {number}": (round(1000 * waited, 1), "ms") for number, (_, waited) in enumerate(waits, 1)},
    )

    assert {error for error, _ in waits} == {queue.Empty}
    assert all(waited >= SECONDS for _, waited in waits)


def test_an_answer_that_comes_in_time_ends_the_wait(mp_context, evidence):
    """While no answer is there the master waits, and it goes on as soon as one is put."""
    got = []
    with served(mp_context) as manager, proxies_of(manager, "get_answers") as [answers]:
        waited, moments = went_on_only_when(partial(answers.put, 49), lambda: got.append(answer_or_error(answers)))
    evidence.timeline("a master that waits", lanes_of_a_wait("answer", "master", moments), "ms")

    assert got == [49]
    assert waited


def answer_or_error(answers):
    """Return the next answer, or the name of the error in its place."""
    try:
        return answers.get(timeout=deadline())
    except queue.Empty as error:
        return repr(error)


@saboteur(caught_by=test_an_answer_that_does_not_come_is_empty)
def server_that_waits_for_nothing(patch):
    """The server says at once that there is no answer."""
    patch.in_child(managing_broken.queues_that_wait_for_nothing)


@saboteur(caught_by=test_an_answer_that_comes_in_time_ends_the_wait)
def server_that_waits_for_no_answer(patch):
    """The server gives up before there can be an answer."""
    patch.in_child(managing_broken.queues_that_wait_for_nothing)
