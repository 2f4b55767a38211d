"""On Windows there is no fork, and a program that calls it ends there."""

import os

from spec.processes.windows import is_windows
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="Windows 上没有 fork，调用它的程序在那里会以错误告终。",
    decides={"fork.absent-on-windows": 57},
    ruling=Holds(),
    needs=[is_windows, can_start_programs],
)

FORKING = sample(__file__, "fork_announced")
OS = os


def test_os_has_no_fork():
    """On Windows the os module has nothing called fork."""
    assert not hasattr(OS, "fork")


def test_a_program_that_forks_ends_there(evidence):
    """On Windows a program that announces itself and forks ends in AttributeError after its first line."""
    ran = run(FORKING).show(evidence, "a program that forks, on Windows")

    assert len(ran.lines) == 1
    assert ran.status == 1
    assert "AttributeError" in ran.errors


@saboteur(caught_by=test_os_has_no_fork)
def os_that_offers_the_name(patch):
    """The os module has the name, whatever becomes of a call."""
    patch.here(OS=type("OS", (), {"fork": int}))


@saboteur(caught_by=test_a_program_that_forks_ends_there)
def program_that_does_not_fork(patch):
    """The program takes itself for the parent of a child that was never made."""
    patch.here(FORKING=FORKING.replacing("os.fork()", "1").replacing("os.wait()", "pass"))
