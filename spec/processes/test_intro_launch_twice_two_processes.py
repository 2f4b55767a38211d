"""Starting a program twice makes two processes, and one lives on when the other is killed."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.deadlines import deadline
from spec.support.programs import environment, sample

claim = Claim(
    zh="同一个程序启动两次，就有两个进程；杀掉其中一个，另一个照常活着。",
    decides={"intro.launch-twice-two-processes": 17},
    ruling=HoldsIf(
        condition="the program does not hand over to an instance of itself that runs already",
        because="the system makes a process for every start, but many desktop programs look for an earlier instance, "
        "hand over to it and end; and a browser is many processes from its first start",
        correction=Text(
            en="Two starts make two processes; whether both stay is for the program to decide.",
            zh="启动两次必然产生两个进程，但两个是否都留下来，由程序自己决定。",
        ),
        references=[
            "https://docs.gtk.org/gio/class.Application.html",
            "https://www.chromium.org/developers/design-documents/multi-process-architecture/",
        ],
    ),
    needs=[can_start_programs],
)

EDITOR = sample(__file__, "intro_editor")
ORDINARY, SINGLE = "--ordinary", "--single"


@contextmanager
def started_twice(option, directory):
    """Start the editor, and again when it has said something; yield both processes and what they said."""
    (directory / EDITOR.name).write_text(EDITOR.source, encoding="utf-8")
    with ExitStack() as stack:
        editors = [stack.enter_context(an_editor(option, directory)) for _ in range(2)]
        yield *editors, [f"process {editor.pid}: {said}" for editor, said in editors]


@contextmanager
def an_editor(option, directory):
    """Start the editor; yield the process and its first line, and leave nothing of it."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-S", EDITOR.name, option]
    with subprocess.Popen(command, cwd=directory, env=environment(), stdin=pipe, stdout=pipe, text=True) as editor:
        try:
            yield editor, editor.stdout.readline().strip()
        finally:
            editor.kill()


def test_one_of_two_instances_survives_the_other(tmp_path, evidence):
    """A program that is started twice has two windows in two processes, and killing one leaves the other open."""
    with started_twice(ORDINARY, tmp_path) as ((first, window), (second, other_window), said):
        evidence.transcript("started twice", f"python {EDITOR.name}", "\n".join(said), "both run")
        second.kill()
        second.wait(deadline())

        assert (window, other_window) == (f"window of {first.pid}", f"window of {second.pid}")
        assert first.pid != second.pid
        assert first.poll() is None


def test_second_instance_leaves_it_to_the_first(tmp_path, evidence):
    """A program made to have one instance ends when it is started again, and the first process alone stays."""
    with started_twice(SINGLE, tmp_path) as ((first, window), (second, word), said):
        evidence.transcript("started twice", f"python {EDITOR.name} {SINGLE}", "\n".join(said), "one runs")

        assert window == f"window of {first.pid}"
        assert word == "left to the open window"
        assert second.wait(deadline()) == 0
        assert first.poll() is None


@saboteur(caught_by=test_one_of_two_instances_survives_the_other)
def second_start_that_finds_the_first(patch):
    """The second start leaves everything to the first."""
    patch.here(ORDINARY=SINGLE)


@saboteur(caught_by=test_second_instance_leaves_it_to_the_first)
def program_that_never_looks_round(patch):
    """The program opens a window at each start."""
    patch.here(SINGLE=ORDINARY)
