"""Python is no language for work that computes."""

import pytest

from spec.choosing.targets import workload_languages
from spec.choosing.workload_compiled import program_of
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Opinion, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded
from spec.threads.busy_programs import can_compile

claim = Claim(
    zh="Python 不适合用来做计算。",
    decides={"workload.python-unsuitable": 400},
    ruling=Opinion(
        because="a judgement that goes too far: much of the world's computing is called from Python and done by "
        "compiled libraries, and what their caller adds can be measured",
    ),
    needs=[can_fork, can_compile],
)

samples = sampled_in


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The work in C, compiled by the machine's compiler."""
    return program_of(tmp_path_factory)


@measured
def test_what_is_done_by_one_call_is_as_fast_as_c(clean_room, evidence, program):
    """A whole row of values is combined by one operation of Python in no more than double the time of C code."""
    title = "a megabyte in Python and a megabyte in C"
    ratios = samples(clean_room, evidence, title, "ms", workload_languages.combinations, program)

    assert not decide(ratios, "Python by C", evidence, threshold=2, unit="times the processor time")


@saboteur(caught_by=test_what_is_done_by_one_call_is_as_fast_as_c)
def call_that_interprets(patch):
    """The operation works the values off one after another."""
    patch.here(samples=recorded(*[60.0] * 6))
