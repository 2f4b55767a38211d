"""What runs in a child process may be another program altogether, with no code of its parent in it."""

import os
import subprocess
from subprocess import PIPE

from concurrency_lib import commands
from spec.processes.shell import has_shell
from spec.processes.targets import commands as targets
from spec.processes.targets import commands_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_proc

claim = Claim(
    zh="子进程里跑的可以完全是另一个程序，里面没有一点父进程的代码。",
    decides={"subprocess.external-program": 123},
    ruling=Holds(),
    needs=[can_start_programs, has_shell],
)

TELLS_WHO_IT_IS = ["sh", "-c", "echo $$ $PPID"]


def start(argv):
    """Start a program."""
    return subprocess.Popen(argv, stdin=PIPE, stdout=PIPE, stderr=PIPE)


def behind_a_shell(argv, *_, starts=start):
    """Start a shell, which starts the program and outlives it."""
    return starts(["sh", "-c", '"$@"; exit $?', "sh", *argv])


@needs(can_fork, has_proc)
def test_a_program_is_another_file_than_its_parent(clean_room, evidence):
    """A child that was started as a program executes that program's file; a fork executes its parent's."""
    files = clean_room.run(targets.files_of_children)
    evidence.figures("executed files", files)

    assert files["fork"] == files["this process"]
    assert files["program"] != files["this process"]


def test_the_child_itself_becomes_the_program(evidence):
    """The child that a caller is told of is the program itself, with no process between the two."""
    with start(TELLS_WHO_IT_IS) as program:
        pid, parent = map(int, program.communicate()[0].split())
    seen = {"caller": os.getpid(), "child, says the caller": program.pid, "child, says the program": pid}
    evidence.figures("process ids", seen)

    assert pid == program.pid
    assert parent == os.getpid()


def test_a_run_command_is_a_child_of_the_caller():
    """A command that the library runs is a process of its own, and a child of the caller."""
    pid, parent = map(int, commands.run(TELLS_WHO_IT_IS).stdout.split())

    assert parent == os.getpid()
    assert pid != parent


def test_a_run_command_has_the_folder_and_environment_it_is_given(tmp_path):
    """A command that the library runs is in the folder, and has the environment, that it was given."""
    given = {"WORD": "given", "PATH": os.environ["PATH"]}
    done = commands.run(["sh", "-c", 'pwd -P; echo "$WORD"'], cwd=tmp_path, env=given)

    assert done.stdout.decode() == f"{tmp_path.resolve()}\ngiven\n"


@saboteur(caught_by=test_a_program_is_another_file_than_its_parent)
def child_that_runs_the_same_program(patch):
    """The program that is started is the caller's own interpreter."""
    patch.in_child(commands_broken.program_that_is_this_one)


@saboteur(caught_by=test_the_child_itself_becomes_the_program)
def program_behind_a_shell(patch):
    """The program is a grandchild."""
    patch.here(start=behind_a_shell)


@saboteur(caught_by=test_a_run_command_is_a_child_of_the_caller)
def command_behind_a_shell(patch):
    """The library starts a shell that runs the command."""
    patch.setattr(commands, "start_group", behind_a_shell)


@saboteur(caught_by=test_a_run_command_has_the_folder_and_environment_it_is_given)
def library_that_passes_nothing_on(patch):
    """The library forgets the folder and the environment."""
    patch.setattr(commands, "start_group", lambda argv, *_: start(argv))
