"""Fork is there on Unix-like systems, and only there."""

import os

import pytest

from spec.processes.targets import fork_library_broken, fork_output
from spec.support import Claim, Condition, HoldsIf, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.programs import run, sample

TRIED = sample(__file__, "fork_tried")


def _unix_forks():
    return "" if os.name != "posix" else can_fork.reason


claim = Claim(
    zh="fork 存在于类 Unix 系统，也只存在于类 Unix 系统。",
    decides={"fork.only-unix-comment": 49},
    ruling=HoldsIf(
        condition=Condition("this is no Unix, or one that lets a process fork", _unix_forks),
        because="what counts as Unix for Python is not enough: WASI, Emscripten, Android and iOS are posix "
        "platforms without a usable fork, some of them under the very name os.fork; and macOS, "
        "which has it, advises against it",
        correction=Text(
            en="Only a call of fork tells whether it works; the name os.fork and the platform's name tell "
            "nothing certain.",
            zh="能不能 fork，只有真正调用才知道；有没有 os.fork 这个名字、平台叫什么，都不足为凭。",
        ),
        references=[
            "https://docs.python.org/3/library/os.html#os.fork",
            "https://docs.python.org/3/library/intro.html",
        ],
    ),
    needs=[can_start_programs],
)


@documents_word()
def test_unix_and_nothing_else_forks(evidence):
    """A program can fork where Python calls the platform posix, and nowhere else."""
    tried = run(TRIED).show(evidence, "a fork that is tried")

    assert ("forked" in tried.lines) == (os.name == "posix")


@needs(can_fork)
@pytest.mark.parametrize("refusal", ["missing", "ENOSYS", "ENOTSUP"])
def test_the_library_says_that_fork_is_missing(clean_room, evidence, refusal):
    """Where fork is missing, or there in name only, the library's `start` raises NotImplementedError."""
    error, text = clean_room.run(fork_output.start_without, refusal)
    evidence.transcript(f"start without fork ({refusal})", "fork.start(int)", text, error)

    assert error == "NotImplementedError"
    assert "fork" in text


@needs(can_fork)
def test_a_passing_want_is_told_as_it_is(clean_room):
    """Where fork works, but there is no room for another process, `start` raises the system's own error."""
    error, _ = clean_room.run(fork_output.start_without, "EAGAIN")

    assert error == "BlockingIOError"


@saboteur(caught_by=test_unix_and_nothing_else_forks)
def fork_in_name_only(patch):
    """The kernel refuses the call that os offers."""
    refusing = "import os\n\ndef fork():\n    raise OSError(38, os.strerror(38))\n\nos.fork = fork\n"
    patch.here(TRIED=TRIED.replacing("import os\n", refusing))


@saboteur(caught_by=test_unix_and_nothing_else_forks, restores=True)
def kernel_that_forks(patch):
    """The program finds a fork that works."""
    patch.here(TRIED=TRIED.replacing("os.fork()", "1").replacing("os.waitpid(child, 0)", "pass"))


@saboteur(caught_by=test_the_library_says_that_fork_is_missing)
def fork_called_as_it_is(patch):
    """The library lets pass whatever the call raises."""
    patch.in_child(fork_library_broken.fork_called_as_it_is)


@saboteur(caught_by=test_a_passing_want_is_told_as_it_is)
def every_error_taken_for_the_platforms(patch):
    """The library takes every refusal for a platform without fork."""
    patch.in_child(fork_library_broken.every_error_taken_for_the_platforms)
