"""A program is started first and given its input later, even input that nobody knew when it started."""

import subprocess
from functools import partial
from subprocess import DEVNULL, PIPE

from spec.processes.shell import has_shell
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs

claim = Claim(
    zh="程序可以先启动，输入随后再给，哪怕启动时还没人知道输入会是什么。",
    decides={"subprocess.popen-first-input-later": (144, 146)},
    ruling=Holds(),
    needs=[can_start_programs, has_shell],
)

ASKS = ["sh", "-c", 'echo $$; read -r answer; echo "told $answer"']
start = partial(subprocess.Popen, stdin=PIPE, stdout=PIPE, bufsize=0)


def test_program_waits_for_input_that_did_not_exist_when_it_started(evidence):
    """A program that has already spoken can be given input that is made of what it said."""
    with start(ASKS) as program:
        question = program.stdout.readline().decode().strip()
        before = program.poll()
        output, _ = program.communicate(f"that {question} waited\n".encode())
    codes = {"before its input": str(before), "after it": str(program.returncode)}
    evidence.figures(f"exit code of process {question}", codes)

    assert question == str(program.pid)
    assert output.decode() == f"told that {question} waited\n"
    assert (before, program.returncode) == (None, 0)


def test_start_returns_while_the_program_waits():
    """The call that starts a program returns while the program still waits for its input."""
    with start(["cat"]) as program:
        ended = program.poll()
        output, _ = program.communicate(b"later")

    assert ended is None
    assert (output, program.returncode) == (b"later", 0)


@saboteur(caught_by=test_program_waits_for_input_that_did_not_exist_when_it_started)
def program_that_has_all_its_input_when_it_starts(patch):
    """The program starts with an input that is over."""
    patch.here(start=partial(start, stdin=DEVNULL))


@saboteur(caught_by=test_start_returns_while_the_program_waits)
def start_that_waits_for_the_end(patch):
    """The call starts the program without input, and returns when it has ended."""

    def start_and_wait(argv, starts=start):
        program = starts(argv, stdin=DEVNULL)
        program.wait()
        return program

    patch.here(start=start_and_wait)
