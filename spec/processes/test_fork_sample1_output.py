"""A program that announces itself and forks prints one announcement, and a line of parent and child each."""

import os
import re
from pathlib import Path

import pytest

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_proc
from spec.support.programs import run, run_on_terminal, sample

claim = Claim(
    zh="先自报一行再 fork 的程序，一共打印三行：开头一行，父进程一行，子进程一行。",
    decides={"fork.sample1-output": (45, 55)},
    ruling=HoldsIf(
        condition="standard output is a terminal, and the parent waits for its child",
        because="into a pipe or a file the first line is still buffered when the process forks, so both "
        "print it; and a parent that does not wait may be gone before its child asks for it, or "
        "leave a zombie while it lives",
        correction=Text(
            en="Through a pipe the first line comes out twice, unless it is flushed before the fork; the "
            "order of the other two is open either way; and an orphan names another process as its "
            "parent.",
            zh="经过管道时第一行会出现两次，除非在 fork 之前先刷新缓冲区；另外两行谁先谁后则没有保证；父进"
            "程若先退出，子进程报出的父进程就是别的进程了。",
        ),
        references=[
            "https://docs.python.org/3/library/sys.html#sys.stdout",
            "https://man7.org/linux/man-pages/man2/getppid.2.html",
        ],
    ),
    needs=[can_start_programs, can_fork],
)

ANNOUNCED = sample(__file__, "fork_announced")
IN_TURN = sample(__file__, "fork_in_turn")
ORPHANED = sample(__file__, "fork_orphaned")
UNAWAITED = sample(__file__, "fork_unawaited")


def kinds(ran):
    """Return the first word of each line, sorted."""
    return sorted(line.split()[0] for line in ran.lines)


def ancestors(pid):
    """List a process's parent, that one's parent and so on: among them are all that may adopt an orphan."""
    found = [1]
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        found.append(pid)
    return found


def test_three_lines_on_a_terminal(evidence):
    """On a terminal it prints three lines, and those of parent and child name the same two processes."""
    ran = run_on_terminal(ANNOUNCED).show(evidence, "standard output on a terminal")
    parent, child = re.search(r"parent (\d+) made (\d+)", ran.output).groups()

    assert kinds(ran) == ["child", "parent", "started"]
    assert f"child {child} of {parent}" in ran.lines


def test_four_lines_through_a_pipe(evidence):
    """Through a pipe the same program prints its first line twice, and so four lines."""
    ran = run(ANNOUNCED).show(evidence, "standard output in a pipe")

    assert kinds(ran) == ["child", "parent", "started", "started"]


@pytest.mark.parametrize("first", ["parent", "child"])
def test_either_may_speak_first(evidence, first):
    """Of the parent and the child, either can be the first to print its line after the fork."""
    ran = run(IN_TURN, first).show(evidence, f"the {first} goes first")

    assert ran.lines[0].startswith(first)
    assert kinds(ran) == ["child", "parent"]


@needs(has_proc)
def test_an_orphan_names_another_parent(evidence):
    """When the parent ends without waiting, the child names process 1 or another ancestor as its parent."""
    ran = run(ORPHANED).show(evidence, "a parent that does not wait")
    maker, named = map(int, re.search(r"made by (\d+), child of (\d+)", ran.output).groups())

    assert named != maker
    assert named in ancestors(os.getpid())


@needs(has_proc)
def test_a_child_that_is_not_awaited_is_a_zombie(evidence):
    """While a parent that does not wait goes on, its child that has ended is still there, as a zombie."""
    ran = run(UNAWAITED).show(evidence, "a child that nobody waits for")

    assert ran.lines == ["state Z"]


@saboteur(caught_by=test_three_lines_on_a_terminal)
def program_that_does_not_fork(patch):
    """The program takes itself for the parent of a child that was never made."""
    patch.here(ANNOUNCED=ANNOUNCED.replacing("os.fork()", "1").replacing("os.wait()", "pass"))


@saboteur(caught_by=test_four_lines_through_a_pipe)
def output_without_a_buffer(patch):
    """Every line leaves the program as it is printed."""
    patch.here(ANNOUNCED=ANNOUNCED.replacing("child = os.fork()", "print(end='', flush=True)\nchild = os.fork()"))


@saboteur(caught_by=test_either_may_speak_first)
def child_that_always_goes_first(patch):
    """The child speaks before its parent, whatever was asked."""
    patch.here(IN_TURN=IN_TURN.replacing("sys.argv[1]", "'child'"))


@saboteur(caught_by=test_an_orphan_names_another_parent)
def parent_that_waits(patch):
    """The parent outlives the child, which then has no need of another."""
    waits = ORPHANED.replacing("while os.getppid() == maker:\n        time.sleep(0.001)", "pass")
    patch.here(ORPHANED=waits.replacing("\nmaker = ", "\nimport atexit\natexit.register(os.waitpid, -1, 0)\nmaker = "))


@saboteur(caught_by=test_a_child_that_is_not_awaited_is_a_zombie)
def child_that_the_kernel_reaps(patch):
    """The program lets the kernel forget its child as it ends."""
    ignores = "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nchild = os.fork()"
    patch.here(UNAWAITED=UNAWAITED.replacing("child = os.fork()", ignores))
