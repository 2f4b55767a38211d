"""A program that announces itself and forks prints one announcement, one line of the parent and one of its child."""

import re
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.programs import run, run_on_terminal, sample

claim = Claim(
    zh="先自报一行再 fork 的程序，一共打印三行：开头一行，父进程一行，子进程一行。",
    decides={"fork.sample1-output": (45, 55)},
    ruling=HoldsIf(
        condition="standard output is a terminal, and the parent waits for its child",
        because="into a pipe or a file the first line is still buffered when the process forks, so both print it; "
        "and a parent that does not wait may be gone before its child asks for it",
        correction=Text(
            en="Through a pipe the first line comes out twice, unless it is flushed before the fork; the order of the "
            "other two is open either way.",
            zh="经过管道时第一行会出现两次，除非在 fork 之前先刷新缓冲区；另外两行谁先谁后则没有保证。",
        ),
        references=["https://docs.python.org/3/library/sys.html#sys.stdout"],
    ),
    needs=[can_start_programs, can_fork],
)

ANNOUNCED = sample(__file__, "fork_announced")


def kinds(ran):
    return sorted(line.split()[0] for line in ran.lines)


def test_three_lines_on_a_terminal(evidence):
    """On a terminal the program prints three lines, and the child's names the two processes as the parent's does."""
    ran = run_on_terminal(ANNOUNCED).show(evidence, "standard output on a terminal")
    parent, child = re.search(r"parent (\d+) made (\d+)", ran.output).groups()

    assert kinds(ran) == ["child", "parent", "started"]
    assert f"child {child} of {parent}" in ran.lines


def test_four_lines_through_a_pipe(evidence):
    """Through a pipe the same program prints its first line twice, and so four lines."""
    ran = run(ANNOUNCED).show(evidence, "standard output in a pipe")

    assert kinds(ran) == ["child", "parent", "started", "started"]


@saboteur(caught_by=test_three_lines_on_a_terminal)
def program_that_does_not_fork(patch):
    """The program takes itself for the parent of a child that was never made."""
    patch.here(ANNOUNCED=ANNOUNCED.replacing("os.fork()", "1").replacing("os.wait()", "pass"))


@saboteur(caught_by=test_four_lines_through_a_pipe)
def output_without_a_buffer(patch):
    """Every line leaves the program as it is printed."""
    patch.here(ANNOUNCED=ANNOUNCED.replacing("child = os.fork()", "print(end='', flush=True)\nchild = os.fork()"))
