"""One call of fork comes back in two processes: once in the caller and once in its copy."""

import pytest

from spec.processes.targets import fork, fork_broken, fork_library, fork_library_broken
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="fork 只调用一次，却会在两个进程里各返回一次：调用者一次，它的副本一次。",
    decides={"fork.returns-twice": 39},
    ruling=Holds(),
    needs=[can_fork],
)


def test_one_call_returns_in_two_processes(clean_room, evidence):
    """A single call of fork returns in two different processes, one of them the caller."""
    caller, returns = clean_room.run(fork.fork_and_report)
    evidence.figures("what came back where", {f"in process {pid}": value for pid, value in returns})

    pids = {pid for pid, _ in returns}

    assert len(returns) == 2
    assert len(pids) == 2
    assert caller in pids


@pytest.mark.parametrize("ending", fork_library.ENDINGS)
def test_start_returns_in_the_caller_alone(clean_room, ending):
    """The library's `start` returns once, in the caller, however the function ends in the child."""
    caller, returned_in = clean_room.run(fork_library.where_start_returns, ending)

    assert returned_in == [caller]


def test_a_child_interrupted_at_birth_does_not_return(clean_room):
    """A signal handler that raises as soon as there is a child does not let it return from `start` either."""
    caller, returned_in = clean_room.run(fork_library.where_interrupted_start_returns)

    assert returned_in == [caller]


@saboteur(caught_by=test_one_call_returns_in_two_processes)
def fork_that_starts_another_program(patch):
    """The call starts a fresh program, so that it returns in the caller alone."""
    patch.in_child(fork_broken.fork_that_starts_a_program)


@saboteur(caught_by=test_start_returns_in_the_caller_alone)
def child_that_goes_on(patch):
    """The child runs its function, and then goes on as the caller does."""
    patch.in_child(fork_library_broken.child_that_goes_on)


@saboteur(caught_by=test_a_child_interrupted_at_birth_does_not_return)
def child_born_unprotected(patch):
    """Signals reach the child before it is ready for them."""
    patch.in_child(fork_library_broken.child_born_unprotected)
