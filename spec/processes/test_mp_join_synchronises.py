"""Joining a process orders work: what the process has done is there when the join returns."""

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes, ends_in_a_while
from spec.processes.talking import pipe_between, queue_between, running
from spec.processes.targets import process, process_broken
from spec.processes.values import PIPE_BUFFER
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import arrives, deadline, ends, overdue
from spec.support.outcomes import raised_by

claim = Claim(
    zh="join() 可以用来安排先后：它返回的时候，那个进程该做的事都已经做完。",
    decides={"mp.join-synchronises": 88},
    ruling=HoldsIf(
        condition="what the process put into queues has been taken out before it is joined",
        because="join waits for the end of the process and for nothing else, and a process does not end "
        "while a queue of its own still holds more than the pipe beneath it has room for",
        correction=Text(
            en="Take what a process sends before joining it, or both wait for ever; and join hands over "
            "nothing: of an exception it leaves an exit code.",
            zh="先取走进程发来的数据，再 join 它，否则双方会一直等下去；而且 join 不传递任何东西，子进程抛出"
            "的异常只剩一个退出码。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#programming-guidelines"],
    ),
    needs=[can_start_processes],
)

TOO_MUCH = 8 * PIPE_BUFFER


def let_go_and_join(child, key):
    key.send("go on")
    ends(child)


def result_of(child):
    try:
        return child.result(deadline())
    except TimeoutError:
        raise overdue(f"the value of {child.name}") from None


def test_work_is_there_after_the_join(mp_context, tmp_path):
    """What a process writes before its end is in the file when its join returns, and was not there before."""
    file = tmp_path / "written"
    with (
        pipe_between(mp_context) as (gate, key),
        running(mp_context, process.add_line_when_let_go, file, gate) as child,
    ):
        before = file.exists()
        let_go_and_join(child, key)

        assert not before
        assert file.exists()
        assert file.read_text() == f"{child.pid}\n"


@needs(has_semaphores)
def test_full_queue_holds_up_the_join(mp_context, evidence):
    """A process that has put more into a queue than a pipe holds does not end until that is taken out."""
    with (
        pipe_between(mp_context) as (here, there),
        queue_between(mp_context) as queue,
        running(mp_context, process.put_and_tell, queue, b"." * TOO_MUCH, there) as child,
    ):
        arrives(here, "word that the child has nothing more to do")
        held_up = not ends_in_a_while(child)
        taken = len(queue.get(timeout=deadline()))
        ends(child)
    evidence.figures("a queue and a join", {"put": (TOO_MUCH, "bytes"), "joined before it was taken": str(not held_up)})

    assert held_up
    assert taken == TOO_MUCH


def test_join_leaves_of_an_exception_a_code(mp_context):
    """The join of a process whose function raised returns as ever, and all it leaves is exit code 1."""
    with running(mp_context, process.be_silent_and_complain, "nobody hears") as child:
        assert raised_by(ends, child) is None
        assert child.exitcode == 1


def test_library_brings_more_than_a_pipe_holds(mp_context):
    """The library hands over a value of any size, for it takes the value before it waits for the process."""
    with processes.start(bytes, TOO_MUCH, mp_context=mp_context) as child:
        assert len(result_of(child)) == TOO_MUCH


def test_library_raises_what_the_function_raised(mp_context, evidence):
    """The library raises what the function raised, with the process's own traceback as its cause."""
    error = raised_by(processes.run, process.complain, "heard", mp_context=mp_context)
    evidence.transcript("what the caller reads", "processes.run(complain, 'heard')", str(error.__cause__), "raised")

    assert isinstance(error, LookupError)
    assert error.args == ("heard",)
    assert isinstance(error.__cause__, processes.RemoteTraceback)
    assert "in complain" in str(error.__cause__)


def test_library_is_not_interrupted_by_an_interrupt_elsewhere(mp_context):
    """A KeyboardInterrupt in the process is a RemoteError in the library: its caller is not interrupted."""
    error = raised_by(processes.run, process.interrupt, mp_context=mp_context)

    assert isinstance(error, processes.RemoteError)
    assert error.summary.startswith("KeyboardInterrupt")


@saboteur(caught_by=test_work_is_there_after_the_join)
def join_that_does_not_wait(patch):
    """Joining returns while the process is still held."""
    patch.here(let_go_and_join=lambda *_: None)


@saboteur(caught_by=test_full_queue_holds_up_the_join)
def item_that_a_pipe_holds(patch):
    """What is put into the queue fits into its pipe."""
    patch.here(TOO_MUCH=1)


@saboteur(caught_by=test_join_leaves_of_an_exception_a_code)
def process_that_hides_its_exception(patch):
    """The process ends as if nothing had happened."""
    patch.in_child(process_broken.process_that_hides_its_exception)


@saboteur(caught_by=test_library_brings_more_than_a_pipe_holds, hangs=True)
def library_that_joins_first(patch):
    """The library waits for the process's end before it takes the value."""
    patch.setattr(processes, "RunningProcess", process_broken.JoinedFirst)


@saboteur(caught_by=test_library_raises_what_the_function_raised)
def library_that_loses_the_traceback(patch):
    """The exception arrives bare."""
    patch.setattr(processes, "settle", process_broken.settle_without_a_traceback)


@saboteur(caught_by=test_library_is_not_interrupted_by_an_interrupt_elsewhere)
def library_that_takes_an_interrupt_for_a_value(patch):
    """The library returns nothing where the process was interrupted."""
    patch.setattr(processes, "settle", lambda *_: None)
