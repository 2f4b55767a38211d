"""Joining a process returns when the process has ended, and not before."""

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes, lanes_of_a_wait, offspring, went_on_only_when
from spec.processes.talking import pipe_between, running
from spec.processes.targets import process, process_broken
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import arrives
from spec.support.outcomes import raised_by

claim = Claim(
    zh="对进程调用 join()，要等那个进程结束之后才会返回，不会提前。",
    decides={"mp.join-waits": 88},
    ruling=Holds(),
    needs=[can_start_processes],
)


def join(child, timeout=None):
    child.join(timeout)


def test_join_returns_after_the_end(mp_context, evidence):
    """While the process is held its join does not return, and when it does return the process has ended."""
    with (
        pipe_between(mp_context) as (here, there),
        pipe_between(mp_context) as (gate, key),
        running(mp_context, process.tell_when_let_go, there, gate) as child,
    ):
        arrives(here, "word from the child")
        waited, moments = went_on_only_when(lambda: key.send("go on"), lambda: join(child))
        exitcode = child.exitcode
    evidence.timeline("a child and its join", lanes_of_a_wait("child", "parent", moments), "ms")

    assert waited
    assert exitcode == 0


def test_join_with_a_timeout_gives_up(mp_context):
    """A join that is given a number of seconds returns after these, and the process lives on."""
    with running(mp_context, process.stay) as child:
        join(child, timeout=0.001)

        assert child.is_alive()


def test_library_returns_after_the_end(mp_context):
    """The library hands over a value only when its process has ended, however often it is asked."""
    values = []
    with (
        pipe_between(mp_context) as (here, there),
        pipe_between(mp_context) as (gate, key),
        processes.start(process.answer_and_linger, there, gate, mp_context=mp_context) as child,
    ):
        arrives(here, "word from the child")
        waited, _ = went_on_only_when(lambda: key.send("end"), lambda: values.append(child.result()))
        values.append(child.result())

    assert waited
    assert child.exitcode == 0
    assert values == ["an answer", "an answer"]


def test_library_leaves_running_what_is_asked_too_early(mp_context):
    """A result that is not there in time is a TimeoutError, and the process lives on to give it later."""
    with (
        pipe_between(mp_context) as (here, there),
        pipe_between(mp_context) as (gate, key),
        processes.start(process.answer_and_linger, there, gate, mp_context=mp_context) as child,
    ):
        too_early = raised_by(child.result, timeout=0.001)

        assert isinstance(too_early, TimeoutError)
        assert child.is_alive()

        arrives(here, "word from the child")
        key.send("end")

        assert child.result() == "an answer"


def test_library_ends_what_runs_out_of_time(mp_context):
    """A call that outlasts its timeout is a TimeoutError, and its process is killed and reaped."""
    with offspring() as left:
        late = raised_by(processes.run, process.stay, mp_context=mp_context, timeout=0.001)

        assert isinstance(late, TimeoutError)
        assert not left()


def test_library_ends_what_outlives_its_block(mp_context):
    """A process of the library that still runs at the end of its block is killed and reaped."""
    with offspring() as left:
        with processes.start(process.stay, mp_context=mp_context) as child:
            assert child.is_alive()

        assert not left()
        assert not child.is_alive()


@saboteur(caught_by=test_join_returns_after_the_end)
def join_that_does_not_wait(patch):
    """Joining returns at once."""
    patch.here(join=lambda _: None)


@saboteur(caught_by=test_join_with_a_timeout_gives_up)
def join_that_ends_what_it_waits_for(patch):
    """Joining with a timeout kills the process when the time is over."""

    def kill_and_join(child, **_):
        child.kill()
        child.join()

    patch.here(join=kill_and_join)


@saboteur(caught_by=test_library_returns_after_the_end)
def library_that_does_not_wait_for_the_end(patch):
    """The library hands over the answer as soon as it is there."""
    patch.setattr(processes, "RunningProcess", process_broken.ImpatientProcess)


@saboteur(caught_by=test_library_leaves_running_what_is_asked_too_early)
def library_that_ends_what_is_asked_too_early(patch):
    """The library kills a process whose result is not there in time."""
    patch.setattr(processes, "RunningProcess", process_broken.RuthlessProcess)


@saboteur(caught_by=test_library_ends_what_runs_out_of_time)
def library_that_leaves_late_processes(patch):
    """The library raises in time, and leaves the process running."""
    patch.setattr(processes, "RunningProcess", process_broken.StrayProcess)


@saboteur(caught_by=test_library_ends_what_outlives_its_block)
def library_whose_blocks_end_nothing(patch):
    """The end of the block leaves the process running."""
    patch.setattr(processes, "RunningProcess", process_broken.StrayProcess)
