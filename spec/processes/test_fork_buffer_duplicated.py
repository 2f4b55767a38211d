"""Output that is still in a buffer when a process forks is written by both processes."""

from spec.processes.targets import fork_output
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="fork 那一刻还留在缓冲区里的输出，会被父子进程各写一遍。",
    decides={"fork.buffer-duplicated": (45, 55)},
    ruling=Holds(),
    needs=[can_start_programs, can_fork],
)

ANNOUNCED = sample(__file__, "fork_announced")
FLUSHED = ANNOUNCED.replacing("child = os.fork()", "print(end='', flush=True)\nchild = os.fork()")


def announcements(ran):
    """Return the lines in which a program announced itself."""
    return [line for line in ran.lines if line.startswith("started as")]


def test_unflushed_line_comes_out_twice(evidence):
    """A line printed into a pipe before the fork, and not flushed, comes out of both processes."""
    ran = run(ANNOUNCED).show(evidence, "standard output in a pipe")

    assert len(announcements(ran)) == 2


def test_flushed_line_comes_out_once(evidence):
    """A line that is flushed before the fork comes out once."""
    ran = run(FLUSHED).show(evidence, "flushed before the fork")

    assert len(announcements(ran)) == 1


def test_start_lets_no_line_out_twice(clean_room, evidence):
    """The library flushes before it forks and before its child ends: every line comes out once."""
    lines = clean_room.run(fork_output.lines_around_a_child)
    evidence.transcript("a file that parent and child print into", "fork.start(print, ...)", "\n".join(lines), 0)

    assert lines == ["printed before", "printed by the child", "printed after"]


def test_exit_handlers_are_left_to_the_parent(clean_room):
    """A child of the library does not run the exit handlers that its parent has registered."""
    assert clean_room.run(fork_output.exit_handlers_of_a_child) == b""


@saboteur(caught_by=test_unflushed_line_comes_out_twice)
def output_without_a_buffer(patch):
    """Every line leaves the program as it is printed."""
    patch.here(ANNOUNCED=FLUSHED)


@saboteur(caught_by=test_flushed_line_comes_out_once)
def flush_that_does_nothing(patch):
    """Flushing leaves the buffer as it is."""
    patch.here(FLUSHED=ANNOUNCED)


@saboteur(caught_by=test_start_lets_no_line_out_twice)
def fork_without_a_flush(patch):
    """The library forks whatever is in its buffers."""
    patch.in_child(fork_output.output_not_flushed_before)


@saboteur(caught_by=test_start_lets_no_line_out_twice)
def end_without_a_flush(patch):
    """The library's child ends with its output still in its buffer."""
    patch.in_child(fork_output.output_not_flushed_after)


@saboteur(caught_by=test_exit_handlers_are_left_to_the_parent)
def end_that_runs_exit_handlers(patch):
    """The library's child ends as an interpreter does, handlers and all."""
    patch.in_child(fork_output.end_that_runs_exit_handlers)
