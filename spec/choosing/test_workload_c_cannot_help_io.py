"""To write work that waits in C instead of Python makes it no faster."""

import pytest

from spec.choosing.targets import workload_languages
from spec.choosing.workload_compiled import program_of
from spec.choosing.workload_kinds import HALF, crowd_wants
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, HoldsIf, Text, measured, needs, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded
from spec.threads.busy_programs import can_compile

claim = Claim(
    zh="以等待为主的工作，用 C 语言代替 Python 来写，也快不了。",
    decides={"workload.c-cannot-help-io": 404},
    ruling=HoldsIf(
        condition="few waits are under way at once, so that the core has nothing to do meanwhile",
        because="a program that asks and waits is as slow as its peer in either language; but with many waits at once "
        "there is always one that has ended, and then the event loop's code is what takes the time, which a "
        "faster language saves",
        correction=Text(
            en="The language makes no noticeable difference until the core is busy; a server near its limit is "
            "bound by its code again.",
            zh="核心还闲着的时候，换语言看不出差别；等到核心忙不过来，服务器的快慢就又取决于代码了。",
        ),
        references=["https://docs.python.org/3/library/asyncio-dev.html#asyncio-multithreading"],
    ),
    needs=[can_fork],
)

QUESTIONS = 3
CROWD = 1000
SECONDS = 0.015


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The work in C, compiled by the machine's compiler."""
    return program_of(tmp_path_factory)


@measured
@needs(can_compile)
def test_to_wait_takes_as_long_in_c(clean_room, evidence, program):
    """To put questions that are answered in some milliseconds takes Python less than half as long again as C."""
    title = "the questions in Python and the questions in C"
    ratios = sampled_in(clean_room, evidence, title, "ms", workload_languages.questions, program, QUESTIONS)

    assert not decide(ratios, "Python by C", evidence, threshold=1.5, unit="times the time")


@measured
def test_a_crowded_loop_computes(clean_room, evidence):
    """With a thousand waits at once the thread of an event loop wants a core for most of its time."""
    share = crowd_wants(clean_room, evidence, CROWD, SECONDS)

    assert decide(share, "share of the time for which it wants a core", evidence, threshold=HALF)


@saboteur(caught_by=test_to_wait_takes_as_long_in_c)
def python_that_computes_as_well(patch):
    """Python has work to do between two questions."""
    patch.here(sampled_in=recorded(*[2.4] * 6))


@saboteur(caught_by=test_a_crowded_loop_computes)
def loop_that_is_nearly_empty(patch):
    """A single task is all of the crowd."""
    patch.here(crowd_wants=recorded(*[0.1] * 6))
