"""Output that is still in a buffer when a process forks is written by both processes."""

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
    return [line for line in ran.lines if line.startswith("started as")]


def test_unflushed_line_comes_out_twice(evidence):
    """A line printed into a pipe before the fork, and not flushed, comes out of both processes."""
    ran = run(ANNOUNCED).show(evidence, "standard output in a pipe")

    assert len(announcements(ran)) == 2


def test_flushed_line_comes_out_once(evidence):
    """A line that is flushed before the fork comes out once."""
    ran = run(FLUSHED).show(evidence, "flushed before the fork")

    assert len(announcements(ran)) == 1


@saboteur(caught_by=test_unflushed_line_comes_out_twice)
def output_without_a_buffer(patch):
    """Every line leaves the program as it is printed."""
    patch.here(ANNOUNCED=FLUSHED)


@saboteur(caught_by=test_flushed_line_comes_out_once)
def flush_that_does_nothing(patch):
    """Flushing leaves the buffer as it is."""
    patch.here(FLUSHED=ANNOUNCED)
