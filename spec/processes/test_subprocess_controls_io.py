"""Whoever starts a program can hold the other ends of its standard input, output and error."""

import subprocess
from functools import partial
from operator import mul
from subprocess import PIPE

import pytest
from hypothesis.strategies import binary, builds, integers

from concurrency_lib import commands
from spec.processes.shell import has_shell, lifeline
from spec.processes.targets import commands as targets
from spec.processes.targets import commands_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.properties import for_any

claim = Claim(
    zh="谁启动程序，谁就可以握住它的标准输入、标准输出和标准错误的另一端。",
    decides={"subprocess.controls-io": 125},
    ruling=Holds(),
    needs=[can_start_programs, has_shell],
)

ANSWERS = ["sh", "-c", 'while read -r line; do echo "heard $line"; echo "noted $line" >&2; done']
UP_TO_200_KB = builds(mul, binary(max_size=100), integers(1, 2000))
start = partial(subprocess.Popen, stdin=PIPE, stdout=PIPE, stderr=PIPE, bufsize=0)


def test_an_answer_can_shape_the_next_input(evidence):
    """A caller that holds the three streams can answer output with input, and hears errors apart."""
    with start(ANSWERS) as program:
        program.stdin.write(b"first\n")
        answer = program.stdout.readline()
        program.stdin.write(b"after " + answer)
        last, errors = program.communicate()
    heard = answer + last + b"\n[standard error]\n" + errors
    evidence.transcript("a dialogue", "sh", heard.decode(), program.returncode)

    assert answer == b"heard first\n"
    assert last == b"heard after heard first\n"
    assert errors == b"noted first\nnoted after heard first\n"


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_without_a_pipe_is_out_of_reach(stream):
    """A stream for which the caller asked no pipe is not in its hands."""
    with start(["true"], **{stream: None}) as program:
        program.wait()

    assert getattr(program, stream) is None


def test_any_bytes_pass_through_a_command_unchanged(evidence):
    """Any bytes, up to 200 kB, reach a command that the library runs and come back by both streams."""
    sizes = []

    @for_any(UP_TO_200_KB, examples=20)
    def come_back_twice(content):
        sizes.append(len(content))
        done = commands.run(targets.TO_BOTH_STREAMS, stdin=content)
        assert (done.stdout == content, done.stderr == content) == (True, True)

    evidence.figures("what went through", {"inputs": len(sizes), "longest": (max(sizes), "bytes")})


@needs(can_fork)
def test_commands_never_stop_at_full_pipes(clean_room, evidence):
    """A command that the library runs may fill both of its streams while it is still being fed."""
    size = 500_000
    done = clean_room.run(targets.passed_through_both_streams, size)
    evidence.figures("bytes that came back", {"stdout": len(done.stdout), "stderr": len(done.stderr)})

    assert (len(done.stdout), len(done.stderr), done.exit_code) == (size, size, 0)


def test_output_of_what_a_command_leaves_running_is_heard(tmp_path):
    """What a command's descendant writes after the command's own end is captured with the rest."""
    with lifeline(tmp_path) as line:
        late = f"exec 4<{line.held} 3>&-; cat <&4; echo late"  # the descendant reads until the command's end
        done = commands.run(["sh", "-c", f"exec 3<>{line.held}; ({late}) & echo early; exit 7"])

    assert done.stdout == b"early\nlate\n"
    assert done.exit_code == 7


@saboteur(caught_by=test_an_answer_can_shape_the_next_input)
def errors_among_the_output(patch):
    """Standard error goes where standard output goes."""
    patch.here(ANSWERS=["sh", "-c", "exec 2>&1; " + ANSWERS[-1]])


@saboteur(caught_by=test_a_stream_without_a_pipe_is_out_of_reach)
def pipes_for_everything(patch):
    """Every stream is a pipe, asked for or not."""
    patch.here(start=lambda argv, starts=start, **_: starts(argv))


@saboteur(caught_by=test_any_bytes_pass_through_a_command_unchanged)
def streams_that_are_taken_for_text(patch):
    """The library reads text."""
    patch.setattr(commands, "start_group", commands_broken.started_as(commands_broken.Replacing))


@saboteur(caught_by=test_commands_never_stop_at_full_pipes, hangs=True)
def library_that_writes_before_it_reads(patch):
    """The library writes all of the input before it reads anything."""
    patch.in_child(commands_broken.input_before_output)


@saboteur(caught_by=test_output_of_what_a_command_leaves_running_is_heard)
def run_that_is_over_with_its_program(patch):
    """The library stops listening when the program has ended."""
    patch.setattr(commands, "start_group", commands_broken.started_as(commands_broken.Hasty))
