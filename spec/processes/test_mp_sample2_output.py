"""A program that starts one process and joins it prints its own lines around that process's line."""

import re

from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, run_on_terminal, sample

claim = Claim(
    zh="启动一个子进程并 join 它的程序，子进程的那一行总是夹在父进程前后几行之间。",
    decides={"mp.sample2-output": (69, 84)},
    ruling=Holds(),
    needs=[can_start_programs, can_start_processes],
)

PROGRAM = sample(__file__, "mp_start_and_join")
LINES = re.compile(
    r"parent (?P<parent>\d+)\nabout to start a child\n"
    r"child (?P<child>\d+) greets the reader\nthe child is gone\n"
)


def test_four_lines_through_a_pipe(evidence):
    """Through a pipe the four lines come once each, in the order of the program, from two processes."""
    ran = run(PROGRAM).show(evidence, "standard output in a pipe")
    told = LINES.fullmatch(ran.output)

    assert told
    assert told["parent"] != told["child"]


def test_four_lines_on_a_terminal(evidence):
    """On a terminal the order is the same, for the last line waits until the child has ended."""
    ran = run_on_terminal(PROGRAM).show(evidence, "standard output on a terminal")

    assert LINES.fullmatch(ran.output)


@saboteur(caught_by=test_four_lines_through_a_pipe)
def program_that_starts_nothing(patch):
    """The program calls the function itself, in place of starting a child."""
    patch.here(PROGRAM=PROGRAM.replacing("child.start()\n    child.join()", "child.run()"))


@saboteur(caught_by=test_four_lines_on_a_terminal)
def program_that_does_not_wait(patch):
    """The last line is out before the child has had its turn."""
    print_and_join = 'print("the child is gone")\n    child.start()\n    child.join()'
    patch.here(
        PROGRAM=PROGRAM.replacing('child.start()\n    child.join()\n    print("the child is gone")', print_and_join)
    )
