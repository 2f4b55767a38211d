"""One call of fork comes back in two processes: once in the caller and once in its copy."""

from spec.processes.targets import fork
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


@saboteur(caught_by=test_one_call_returns_in_two_processes)
def fork_that_starts_another_program(patch):
    """The call starts a fresh program, so that it returns in the caller alone."""
    patch.in_child(fork.fork_that_starts_a_program)
