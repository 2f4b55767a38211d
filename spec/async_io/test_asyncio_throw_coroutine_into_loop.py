"""A coroutine runs when it is handed to a loop, which returns what it returned and raises what it raised."""

import gc
import warnings

from hypothesis.strategies import binary, integers, lists, none

from spec.async_io.loop_broken import ForgetsValues
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="把协程交给事件循环，它才会运行；循环会交还它的返回值，也会抛出它抛出的异常。",
    decides={"asyncio.throw-coroutine-into-loop": 637},
    ruling=Holds(),
)


async def job(ran, value=None, error=None):
    """Note that it runs; then raise, or return."""
    ran.append("ran")
    if error:
        raise error
    return value


def let_go_of_a_coroutine():
    """Make a coroutine and forget it; return what is said of that, once it is really gone."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        job([])
        for _ in range(3):
            gc.collect()
    return [text for text in (str(warning.message) for warning in said) if "'job'" in text]


def test_a_coroutine_runs_in_the_loop_alone(run_async):
    """Nothing of a coroutine runs when it is made, and all of it when the loop has it."""
    ran = []
    coroutine = job(ran)
    before = [*ran]
    run_async(coroutine)

    assert before == []
    assert ran == ["ran"]


def test_any_value_comes_back(run_async):
    """Whatever a coroutine returns, the loop hands back that very object."""

    @for_any(none() | integers() | binary() | lists(integers()), examples=10)
    def comes_back(value):
        assert run_async(job([], value)) is value


def test_its_exception_comes_back(run_async):
    """What a coroutine raises is raised by whoever runs the loop."""
    error = LookupError("not here")

    assert raised_by(run_async, job([], error=error)) is error


def test_one_that_nobody_runs_is_complained_of(evidence):
    """A coroutine that goes without having been handed to anybody is complained of, once, as never awaited."""
    said = let_go_of_a_coroutine()
    evidence.transcript("what is said of a forgotten coroutine", "job(); gc.collect()", "\n".join(said), "warned")

    assert len(said) == 1
    assert "never awaited" in said[0]


def job_that_does_not_wait(ran, value=None, error=None):
    """Run at once; return a coroutine for the sake of form."""
    ran.append("ran")
    return untouched(value, error)


async def untouched(value, error):
    """Do nothing but end."""
    if error:
        raise error
    return value


@saboteur(caught_by=test_a_coroutine_runs_in_the_loop_alone)
def call_that_runs(patch):
    """The call runs what it is to prepare."""
    patch.here(job=job_that_does_not_wait)


@saboteur(caught_by=test_any_value_comes_back)
def loop_that_forgets_values(patch):
    """The loop hands nothing back."""
    patch.loop(ForgetsValues)


@saboteur(caught_by=test_its_exception_comes_back)
def loop_that_forgets_exceptions(patch):
    """The loop keeps an exception to itself."""
    patch.loop(ForgetsValues)


@saboteur(caught_by=test_one_that_nobody_runs_is_complained_of)
def call_that_makes_no_coroutine(patch):
    """The call returns nothing that could be awaited."""
    patch.here(job=lambda ran: ran)
