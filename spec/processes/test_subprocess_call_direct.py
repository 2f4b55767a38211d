"""The program is started with exactly the arguments in the list; nothing reads them on their way."""

import os
import subprocess
import tempfile
from subprocess import DEVNULL, PIPE

import pytest
from hypothesis.strategies import binary, lists, sampled_from

from concurrency_lib import commands
from spec.processes.shell import has_shell
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.properties import for_any

claim = Claim(
    zh="程序收到的参数与列表里写的分毫不差，途中没有谁去解释它们。",
    decides={"subprocess.call-direct": 133},
    ruling=HoldsIf(
        condition="the command is a list: the program, and then each of its arguments",
        because="what reaches a program is such a list; on a Unix a line of text is taken whole for a "
        "name, and it needs shell=True, so a shell between, to be read as a command line",
        correction=Text(
            en="Hand over a list; shlex.split makes one of a line that somebody typed.",
            zh="应当传列表；如果手里是一整行命令，可以先用 shlex.split 拆开。",
        ),
        references=["https://docs.python.org/3/library/subprocess.html#popen-constructor"],
    ),
    needs=[can_start_programs, has_shell],
)

SHOWS_ITS_ARGUMENTS = ["printf", r"%s\0"]
SPECIAL = ["", " ", "two words", "$HOME", "*", "'", '"', "\\", "`id`", "a;b", "a|b", ">/dev/null", "-n", "%s", "\n"]
WITHOUT_NUL = binary(max_size=20).map(lambda content: os.fsdecode(content.replace(b"\0", b"0")))
ARGUMENTS = lists(sampled_from(SPECIAL) | WITHOUT_NUL, min_size=1, max_size=8)


def call(argv, **streams):
    """Call a program."""
    return subprocess.call(argv, **streams)


def printed_by(argv):
    """Return what a called program wrote."""
    with tempfile.TemporaryFile() as output:
        assert call(argv, stdout=output, stderr=output) == 0
        output.seek(0)
        return output.read()


def ended(arguments):
    """Return the arguments as the program shows them: each with a NUL, which none has, at its end."""
    return b"".join(os.fsencode(argument) + b"\0" for argument in arguments)


def test_any_arguments_reach_a_called_program(evidence):
    """A called program receives its arguments as they were given, with spaces, quotes and wildcards."""

    @for_any(ARGUMENTS, examples=20)
    def arrive_as_they_are(arguments):
        assert printed_by([*SHOWS_ITS_ARGUMENTS, *arguments]) == ended(arguments)

    received = printed_by([*SHOWS_ITS_ARGUMENTS, *SPECIAL]).split(b"\0")
    pairs = zip(SPECIAL, received, strict=False)
    evidence.figures("received", {repr(given): repr(got) for given, got in pairs})


def test_any_arguments_reach_a_run_command():
    """A command that the library runs receives whatever arguments it is given, as they are."""

    @for_any(ARGUMENTS, examples=20)
    def arrive_as_they_are(arguments):
        assert commands.run([*SHOWS_ITS_ARGUMENTS, *arguments]).stdout == ended(arguments)


def test_a_line_of_text_is_taken_for_a_name():
    """A command given as one line of text is looked for as a program of that name, spaces included."""
    try:
        looked_for = call("printf x", stdout=DEVNULL)
    except FileNotFoundError as error:
        looked_for = error.filename

    assert looked_for == "printf x"


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [("printf x", TypeError), (b"true", TypeError), ([], ValueError)],
    ids=["text", "bytes", "empty list"],
)
def test_the_library_refuses_what_is_no_list(argv, refusal):
    """The library takes a list of a program and its arguments, and refuses text, bytes and an empty list."""
    try:
        outcome = commands.run(argv)
    except (TypeError, ValueError, OSError, IndexError) as error:
        outcome = error

    assert type(outcome) is refusal
    assert str(outcome).startswith("argv: expected")


@saboteur(caught_by=test_any_arguments_reach_a_called_program)
def arguments_that_are_joined_and_split(patch):
    """The arguments are put on one line, which is taken apart at its spaces."""
    patch.here(call=lambda argv, **streams: subprocess.call(" ".join(argv).split(), **streams))


@saboteur(caught_by=test_any_arguments_reach_a_run_command)
def shell_in_the_library(patch):
    """The library has a shell read the arguments."""

    def start_by_a_shell(argv, *_):
        return subprocess.Popen(["sh", "-fc", " ".join(argv)], stdin=PIPE, stdout=PIPE, stderr=PIPE)

    patch.setattr(commands, "start_group", start_by_a_shell)


@saboteur(caught_by=test_a_line_of_text_is_taken_for_a_name)
def shell_that_reads_the_line(patch):
    """A shell takes the line apart."""
    patch.here(call=lambda line, **streams: subprocess.call(line, shell=True, **streams))


@saboteur(caught_by=test_the_library_refuses_what_is_no_list)
def library_that_asks_nothing(patch):
    """The library starts whatever it is given."""
    patch.setattr(commands, "check", lambda _: None)
