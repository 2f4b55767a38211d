"""The method communicate hands a program its whole input, and brings back its whole output."""

import os
import subprocess
import threading
from contextlib import suppress
from functools import partial
from operator import mul
from subprocess import PIPE

import pytest
from hypothesis.strategies import binary, builds, integers

from concurrency_lib import commands
from spec.processes.shell import has_shell, is_full
from spec.processes.targets import commands_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.deadlines import ends, wait_until
from spec.support.properties import for_any

claim = Claim(
    zh="communicate 方法把整份输入交给程序，再把它的全部输出带回来。",
    decides={"subprocess.communicate-feeds-input": 138},
    ruling=HoldsIf(
        condition="all of the input is known before any of the output is wanted",
        because="communicate writes its input, closes the pipe and waits for the end of the program, so "
        "there is no second turn; and it deals in bytes unless the pipes were opened as text",
        correction=Text(
            en="Give all input in one call. For a dialogue, write and read the pipes a little at a time: "
            "writing a lot before reading stops both sides as soon as the pipes are full.",
            zh="全部输入要一次给完。若要一问一答，就直接读写管道，每次少量；如果先写一大批再去读，管道一满，双方都会卡住。",
        ),
        references=[
            "https://docs.python.org/3/library/subprocess.html#subprocess.Popen.communicate",
            "https://man7.org/linux/man-pages/man7/pipe.7.html",
        ],
    ),
    needs=[can_start_programs, has_shell],
)

UP_TO_HALF_A_MEGABYTE = builds(mul, binary(min_size=1, max_size=250), integers(0, 2000))
MORE_THAN_THE_PIPES_HOLD = bytes(range(250)) * 4000
PASSES_ON = ["cat"]
start = partial(subprocess.Popen, stdin=PIPE, stdout=PIPE)


def outcome_of(program, content):
    """Return the output that communicate brings back, or the type of its refusal."""
    try:
        return program.communicate(content)[0]
    except (TypeError, AttributeError, ValueError) as error:
        return type(error)


def write(pipe, content, written):
    """Write all of the content, tell so, and close the pipe."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(content)
        written.set()


def test_any_input_reaches_the_program_and_its_end_too():
    """A program receives any input that communicate is given, and then its end, so that the program ends."""

    @for_any(UP_TO_HALF_A_MEGABYTE, examples=20)
    def comes_back(content):
        with start(PASSES_ON) as program:
            output = outcome_of(program, content)
        assert (output == content, program.returncode) == (True, 0)


def test_there_is_no_second_turn():
    """A second input is refused with ValueError, for the first call has seen the program end."""
    with start(PASSES_ON) as program:
        turns = [outcome_of(program, b"first"), outcome_of(program, b"second")]

    assert turns == [b"first", ValueError]
    assert program.returncode == 0


@pytest.mark.parametrize("as_text", [False, True], ids=["bytes", "text"])
def test_input_is_bytes_unless_the_pipes_are_text(as_text):
    """Through plain pipes communicate takes and returns bytes; through pipes opened as text, strings."""
    word, other = ("word", b"word") if as_text else (b"word", "word")
    with start(PASSES_ON, text=as_text) as program, start(PASSES_ON, text=as_text) as another:
        accepted, refused = outcome_of(program, word), outcome_of(another, other)

    assert accepted == word
    assert refused in (TypeError, AttributeError)


@needs(has_threads)
def test_writing_before_reading_stops_both_sides(evidence):
    """A caller that writes much before it reads stops with its program at full pipes, until one reads."""
    written, (out, into) = threading.Event(), os.pipe()
    with os.fdopen(out, "rb") as back, os.fdopen(into, "w") as ours, start(PASSES_ON, stdout=into) as program:
        writer = threading.Thread(target=write, args=(program.stdin, MORE_THAN_THE_PIPES_HOLD, written))
        writer.start()
        try:
            wait_until(lambda: is_full(into) or written.is_set(), "a full pipe from the program")
            stopped = not written.is_set()
            ours.close()  # the program alone holds that end now, so that reading comes to an end
            received = back.read()
        finally:
            program.kill()
            ends(writer)
    waits = {"written when the pipe back was full": "no" if stopped else "yes", "received": len(received)}
    evidence.figures(f"{len(MORE_THAN_THE_PIPES_HOLD)} bytes to write", waits)

    assert stopped
    assert received == MORE_THAN_THE_PIPES_HOLD


def test_commands_read_the_end_of_their_input():
    """A command that the library runs without input finds the end of its input at once."""
    done = commands.run(["sh", "-c", 'read -r line || echo "no line"'])

    assert done.stdout == b"no line\n"


@saboteur(caught_by=test_any_input_reaches_the_program_and_its_end_too)
def program_that_stops_reading(patch):
    """The program passes on the beginning of its input only."""
    patch.here(PASSES_ON=["head", "-c", "1"])


@saboteur(caught_by=test_there_is_no_second_turn)
def communicate_that_starts_anew(patch):
    """Every input is answered by a program of its own."""
    patch.here(start=partial(commands_broken.Restarting, stdin=PIPE, stdout=PIPE))


@saboteur(caught_by=test_input_is_bytes_unless_the_pipes_are_text)
def pipes_that_are_always_text(patch):
    """The pipes are opened as text, asked for or not."""
    patch.here(start=lambda argv, text, starts=start: starts(argv, text=text or True))


@saboteur(caught_by=test_writing_before_reading_stops_both_sides)
def program_that_writes_nothing(patch):
    """The program takes in everything and passes nothing on."""
    patch.here(PASSES_ON=["sh", "-c", "cat >/dev/null"])


@saboteur(caught_by=test_commands_read_the_end_of_their_input)
def input_that_nobody_gave(patch):
    """The library feeds a line of its own."""
    patch.setattr(commands, "start_group", commands_broken.fed_a_line)
