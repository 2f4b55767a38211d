"""A loop of Python code takes more than ten times as long as the same loop in C."""

import sys

import pytest

from spec.choosing.targets import workload_languages
from spec.choosing.workload_compiled import program_of
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Condition, HoldsIf, Text, documents_word, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded
from spec.threads.busy_programs import can_compile


def compiles_loops():
    """Tell whether this interpreter turns a loop that runs for long into machine code, as PyPy does."""
    translated = getattr(sys, "pypy_translation_info", {})
    return "this interpreter compiles loops as they run" if translated.get("translation.jit") else ""


interprets = Condition("the interpreter works off a loop instruction by instruction", compiles_loops)

claim = Claim(
    zh="同样的循环，用 Python 代码来跑，要比 C 语言多花十倍以上的时间。",
    decides={"workload.python-slow": 400},
    ruling=HoldsIf(
        condition=interprets,
        because="what is slow is to work off the instructions of a loop one by one: 70 to 100 times as slow as C here; "
        "PyPy compiles a loop that runs for long, and then takes about five times as long. One operation on many "
        "values is carried out by compiled code in either",
        correction=Text(
            en="It is not the language but its instructions, one at a time, that are slow: with a compiler for loops, "
            "or with few operations on many values, the gap is small.",
            zh="慢的不是语言本身，而是逐条解释执行的指令；有即时编译，或用少量操作处理大批数据时，差距就很小了。",
        ),
        references=[
            "https://pypy.org/performance.html",
            "https://docs.python.org/3/faq/programming.html#my-program-is-too-slow-how-do-i-speed-it-up",
        ],
    ),
    needs=[can_fork, can_compile],
)

TITLE = "a step in Python and a step in C"
GAP = 15

samples = sampled_in


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The work in C, compiled by the machine's compiler."""
    return program_of(tmp_path_factory)


@documents_word()
@measured
def test_a_loop_takes_many_times_as_long(clean_room, evidence, program):
    """A step of a loop of Python code takes more than fifteen times the processor time of the same step in C."""
    ratios = samples(clean_room, evidence, TITLE, "ns", workload_languages.loops, program)

    assert decide(ratios, "Python by C", evidence, threshold=GAP, unit="times the processor time")


@measured
def test_one_operation_on_many_values_does_not(clean_room, evidence, program):
    """To combine a million bytes by one operation of Python takes less than three times as long as in C."""
    title = "a megabyte in Python and a megabyte in C"
    ratios = samples(clean_room, evidence, title, "ms", workload_languages.combinations, program)

    assert not decide(ratios, "Python by C", evidence, threshold=3, unit="times the processor time")


@saboteur(caught_by=test_a_loop_takes_many_times_as_long)
def loop_in_machine_code(patch):
    """The loop is compiled as it runs."""
    patch.here(samples=recorded(*[5.1] * 6))


@saboteur(caught_by=test_a_loop_takes_many_times_as_long, restores=True)
def loop_that_is_interpreted(patch):
    """The loop is worked off instruction by instruction."""
    patch.here(samples=recorded(*[80.0] * 6))


@saboteur(caught_by=test_one_operation_on_many_values_does_not)
def operation_of_many_steps(patch):
    """The operation goes from value to value in Python."""
    patch.here(samples=recorded(*[60.0] * 6))
