"""A call of a program returns when the program has ended, and its value is the program's exit code."""

import os
import subprocess
import threading

import pytest
from hypothesis.strategies import integers

from concurrency_lib import commands
from spec.processes.shell import has_shell, lifeline, timeout_of
from spec.processes.targets import commands as targets
from spec.processes.targets import commands_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_threads, program_answers
from spec.support.deadlines import ends
from spec.support.properties import for_any

claim = Claim(
    zh="调用一个程序，要等它结束才返回，返回值就是它的退出码。",
    decides={"subprocess.call-blocks-returns-code": (129, 136)},
    ruling=Holds(),
    needs=[can_start_programs, has_shell],
)

has_setsid = program_answers("setsid", "true")
call = subprocess.call


@pytest.fixture
def line(tmp_path):
    """A lifeline for the programs of one requirement."""
    with lifeline(tmp_path) as held:
        yield held


@needs(has_threads)
def test_call_returns_after_its_program(line, evidence):
    """A caller stands still while its program waits, and goes on after its end with its exit code."""
    codes, (out, into) = [], os.pipe()
    program = ["sh", "-c", f"exec 3>{line.held}; echo ready >&3; read go; echo over >&3; exit 7"]
    with os.fdopen(out, "rb") as stdin, os.fdopen(into, "wb", buffering=0) as go:
        caller = threading.Thread(target=lambda: codes.append(call(program, stdin=stdin)))
        caller.start()
        heard = [line.hears("the start of the program")]
        returned_early = list(codes)
        go.write(b"go\n")
        ends(caller)
    heard.append(line.hears("the end of the program"))
    evidence.figures("what the call has returned", {"early": str(returned_early), "at last": str(codes)})

    assert heard == ["ready", "over"]
    assert returned_early == []
    assert codes == [7]


def test_any_exit_code_comes_back():
    """Any exit code from 0 to 255 is the value of the call, and the `exit_code` of what the library runs."""

    @for_any(integers(0, 255), examples=15)
    def comes_back_as_it_is(code):
        program = ["sh", "-c", f"exit {code}"]
        done = commands.run(program)
        assert call(program) == code
        assert (done.exit_code, done.signal) == (code, None)


@pytest.mark.parametrize("last", ["wait", "exit 0"], ids=["program runs", "descendant holds the streams"])
def test_a_command_past_its_time_is_killed_with_its_descendants(last, line, monkeypatch):
    """A command whose time is over is killed together with the descendants that hold its streams."""
    error = timeout_of(line.family(last), line, monkeypatch)

    line.breaks()
    assert isinstance(error, TimeoutError)


def test_a_timeout_carries_the_output_so_far(line, monkeypatch, evidence):
    """A timeout's error carries what the command has written to both streams by then."""
    error = timeout_of(line.family(), line, monkeypatch)
    streams = {"stdout": repr(error.stdout), "stderr": repr(error.stderr)}
    evidence.figures("the timeout", {"says": str(error), **streams})

    assert (error.stdout, error.stderr) == (b"so far\n", b"oops\n")


@needs(has_setsid)
def test_a_descendant_that_left_the_group_is_not_waited_for(line, monkeypatch):
    """A descendant that has left the command's group may keep the streams: the timeout comes all the same."""
    monkeypatch.setattr(commands, "LAST_WORDS", 0.01)
    error = timeout_of(line.scattered_family(), line, monkeypatch)

    assert (error.stdout, error.stderr) == (b"so far\n", b"oops\n")


@needs(can_fork)
def test_an_interrupted_run_leaves_nothing_running(clean_room, line):
    """An exception that interrupts a run comes through, and the command is killed with its descendants."""
    command = line.family('read go; kill -USR1 "$PPID"; wait')

    assert clean_room.run(targets.interrupted_run, command, b"go\n")
    line.hears("the family's report")
    line.breaks()


@saboteur(caught_by=test_call_returns_after_its_program)
def call_that_does_not_wait(patch):
    """The call hands back what it knew of the program when that had just started."""

    def start(program, stdin):
        with subprocess.Popen(program, stdin=stdin) as started:
            return started.returncode

    patch.here(call=start)


@saboteur(caught_by=test_any_exit_code_comes_back)
def codes_of_seven_bits(patch):
    """The library takes the upper half of the codes for something else."""
    patch.setattr(commands, "code_of", lambda code: code if code < 128 else None)


@saboteur(caught_by=test_a_command_past_its_time_is_killed_with_its_descendants, hangs=True)
def killing_the_program_alone(patch):
    """Only the program is killed, not its descendants."""
    patch.setattr(commands, "kill_group", commands_broken.kill_the_leader)
    patch.setattr(commands, "LAST_WORDS", 0.01)


@saboteur(caught_by=test_a_timeout_carries_the_output_so_far)
def last_words_that_nobody_hears(patch):
    """The output is thrown away with the command."""
    patch.setattr(commands, "last_words", lambda _: (b"", b""))


@saboteur(caught_by=test_a_descendant_that_left_the_group_is_not_waited_for)
def output_that_needs_its_end(patch):
    """Output whose end has not come is taken for none."""
    patch.setattr(commands, "last_words", commands_broken.complete_output_or_none)


@saboteur(caught_by=test_an_interrupted_run_leaves_nothing_running, hangs=True)
def interrupt_that_kills_the_program_alone(patch):
    """An interrupted run kills its program, not the descendants."""
    patch.in_child(commands_broken.leader_alone_is_killed)
