"""Calling an ordinary function gives one return for one call."""

from spec.processes.targets import fork_broken, fork_calls
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="普通函数调用一次，就返回一次。",
    decides={"fork.ordinary-call-returns-once": 39},
    ruling=HoldsIf(
        condition="the function runs to its end, and is neither a generator nor a coroutine",
        because="a generator gives control back at each of its yields and goes on when it is resumed, and "
        "a coroutine does so at its awaits, all within one call and one process; a function that "
        "raises, or ends the process, never returns",
        correction=Text(
            en="A plain call returns at most once; a generator gives control back any number of times, in one process.",
            zh="普通调用最多返回一次；生成器则可以在同一个进程里多次交还控制权。",
        ),
        references=["https://docs.python.org/3/reference/expressions.html#yield-expressions"],
    ),
    needs=[can_fork],
)


def test_a_plain_function_returns_once(clean_room, evidence):
    """A plain function that is called once returns once."""
    returns = clean_room.run(fork_calls.returns_in_each_process, "plain")
    evidence.figures("returns of a plain function", {"in the caller": sum(returns)})

    assert returns == [1]


def test_a_function_that_raises_does_not_return(clean_room):
    """A call that raises never reaches what stands behind it."""
    assert clean_room.run(fork_calls.returns_in_each_process, "raising") == [0]


def test_a_generator_comes_back_at_each_yield(clean_room, evidence):
    """One call of a generator function with three yields hands something back three times."""
    returns = clean_room.run(fork_calls.returns_in_each_process, "yielding")
    evidence.figures("returns of a generator with three yields", {"in the caller": sum(returns)})

    assert returns == [3]


def test_a_function_that_forks_returns_once_in_each_process(clean_room, evidence):
    """A plain function that forks is called once and returns twice, once in either process."""
    returns = clean_room.run(fork_calls.returns_in_each_process, "forking")
    evidence.figures("returns of a function that forks", {f"process {n}": times for n, times in enumerate(returns, 1)})

    assert returns == [1, 1]


@saboteur(caught_by=test_a_plain_function_returns_once)
def function_that_yields(patch):
    """The plain function is a generator in disguise."""
    patch.in_child(fork_calls.function_that_yields)


@saboteur(caught_by=test_a_function_that_raises_does_not_return)
def error_that_is_returned(patch):
    """The function returns its error instead of raising it."""
    patch.in_child(fork_calls.error_that_is_returned)


@saboteur(caught_by=test_a_generator_comes_back_at_each_yield)
def generator_that_is_a_list(patch):
    """The function makes all its values at once."""
    patch.in_child(fork_calls.generator_that_is_a_list)


@saboteur(caught_by=test_a_function_that_forks_returns_once_in_each_process)
def fork_that_starts_another_program(patch):
    """The call starts a fresh program, which knows of no function to return from."""
    patch.in_child(fork_broken.fork_that_starts_a_program)
