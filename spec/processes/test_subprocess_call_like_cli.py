"""A command called from Python does and ends as the same command typed into a terminal does."""

import signal

from hypothesis.strategies import integers

from concurrency_lib import commands
from spec.processes.shell import has_shell, outcome_of, typed
from spec.processes.targets import commands as targets
from spec.processes.targets import commands_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.programs import run, sample
from spec.support.properties import for_any

claim = Claim(
    zh="从 Python 里调用一条命令，它做的事和结束的方式，都与把它输入终端时一样。",
    decides={"subprocess.call-like-cli": 127},
    ruling=HoldsIf(
        condition="the program exists, its arguments mean nothing to a shell, and no signal kills it",
        because="in a terminal a shell reads the line first: it puts in variables and file names, answers "
        "127 for a program that it cannot find, and 128 plus the signal's number for one that was killed; "
        "Python does none of the three",
        correction=Text(
            en="The arguments stay as written, a missing program is a FileNotFoundError, and a signal is a "
            "negative exit code.",
            zh="参数保持原样；程序不存在时抛出 FileNotFoundError；被信号杀死时，退出码是信号编号的相反数。",
        ),
        references=[
            "https://docs.python.org/3/library/subprocess.html#subprocess.Popen.returncode",
            "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html",
        ],
    ),
    needs=[can_start_programs, has_shell],
)

MISSING = "there-is-no-such-program"
LOOKUP = sample(__file__, "command_lookup")
DEADLY = [signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM]
if hasattr(signal, "SIGRTMIN"):
    DEADLY.append(signal.SIGRTMIN + 1)  # a signal that has no name in Python


def called(*argv):
    """Return what a command writes that Python calls, and its exit code."""
    return outcome_of(argv)


def test_plain_command_writes_and_ends_as_typed():
    """A command of plain words writes the same bytes and ends with the same code, called or typed."""

    @for_any(integers(-99, 99), integers(-99, 99), examples=20)
    def same_bytes_and_code(a, b):
        assert called("expr", str(a), "-", str(b)) == typed(f"expr {a} - {b}")

    assert [called("expr", "7", "-", b) for b in "67"] == [(b"1\n", 0), (b"0\n", 1)]


@needs(can_fork)
def test_called_command_inherits_output_folder_and_environment(clean_room, tmp_path):
    """A called command writes to its caller's own standard output, in its caller's folder and environment."""
    heard = clean_room.run(targets.heard_on_own_output, ["sh", "-c", 'pwd -P; echo "$WORD"'], str(tmp_path))

    assert heard == f"{tmp_path.resolve()}\ninherited\n"


def test_variables_are_left_to_a_shell(evidence):
    """A variable in a typed command is replaced by its value, and in a called one left as it is written."""
    wrote = {"typed": typed("echo $0"), "called": called("echo", "$0")}
    evidence.figures("output and exit code", {way: repr(outcome) for way, outcome in wrote.items()})

    assert wrote == {"typed": (b"sh\n", 0), "called": (b"$0\n", 0)}


def test_missing_program_is_an_error_of_its_own():
    """A missing program is exit code 127 of a shell, but a FileNotFoundError in Python and the library."""
    try:
        run_by_the_library = commands.run([MISSING])
    except OSError as error:
        run_by_the_library = type(error)

    assert typed(MISSING) == (b"", 127)
    assert called(MISSING) is FileNotFoundError
    assert run_by_the_library is FileNotFoundError


def test_program_that_is_not_installed_ends_the_sample(tmp_path, evidence):
    """A program that calls nslookup where there is none ends with FileNotFoundError itself."""
    ran = run(LOOKUP, "53", "www.example.test.", env={"PATH": str(tmp_path)}).show(evidence, "an empty PATH")

    assert "FileNotFoundError" in ran.errors
    assert "exit code" not in ran.output


def test_death_by_signal_is_a_negative_code(evidence):
    """Death by signal N is exit code 128 + N of a shell, -N in Python, and the signal in the library."""
    told = {}
    for number in DEADLY:
        suicide = f"kill -{int(number)} $$"
        done = commands.run(["sh", "-c", suicide])
        codes = typed(f"sh -c '{suicide}'")[1], called("sh", "-c", suicide)[1]
        told[number] = *codes, (done.exit_code, done.signal)
    evidence.figures("shell, Python, library", {f"signal {int(n)}": repr(ways) for n, ways in told.items()})

    assert told == {number: (128 + number, -number, (None, number)) for number in DEADLY}


@saboteur(caught_by=test_plain_command_writes_and_ends_as_typed)
def call_that_takes_every_end_for_a_good_one(patch):
    """The exit code of a call is always 0."""
    patch.here(called=lambda *argv: (outcome_of(argv)[0], 0))


@saboteur(caught_by=test_called_command_inherits_output_folder_and_environment)
def programs_that_start_elsewhere(patch):
    """A program starts in the root folder."""
    patch.in_child(commands_broken.programs_start_elsewhere)


@saboteur(caught_by=test_variables_are_left_to_a_shell)
def call_through_a_shell(patch):
    """A shell reads what is called."""
    patch.here(called=lambda *argv: typed(" ".join(argv)))


@saboteur(caught_by=test_missing_program_is_an_error_of_its_own)
def library_that_has_a_shell_look(patch):
    """The library has a shell look for the program."""
    start = commands.start_group
    patch.setattr(commands, "start_group", lambda argv, *more: start(["sh", "-c", *argv], *more))


@saboteur(caught_by=test_program_that_is_not_installed_ends_the_sample)
def sample_that_goes_through_a_shell(patch):
    """The program has a shell look for nslookup."""
    patch.here(LOOKUP=LOOKUP.replacing("call(command)", "call(' '.join(command), shell=True)"))


@saboteur(caught_by=test_death_by_signal_is_a_negative_code)
def library_that_knows_codes_only(patch):
    """The library tells a signal as a shell does."""
    patch.setattr(commands, "code_of", lambda code: code if code >= 0 else 128 - code)
