"""Programs run as a reader would run them: in an interpreter of their own, into a pipe or on a terminal."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from spec.support.deadlines import impatience, wait_until
from spec.support.evidence import Evidence
from spec.support.outcomes import Overdue
from spec.support.programs import Program, run, run_on_terminal, sample

RUNS = pytest.mark.parametrize("run_it", [run, run_on_terminal], ids=["pipe", "terminal"])


def program(source):
    return Program("tried.py", source)


@RUNS
def test_output_errors_and_status_are_kept_apart(run_it):
    """What a program prints, what it complains about, and how it ends are told apart."""
    ran = run_it(program("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)"))

    assert (ran.output, ran.lines, ran.errors, ran.status) == ("out\n", ["out"], "err\n", 3)


@pytest.mark.parametrize(("run_it", "terminal"), [(run, False), (run_on_terminal, True)], ids=["pipe", "terminal"])
def test_standard_output_is_what_it_is_said_to_be(run_it, terminal):
    """Standard output is a terminal where it is said to be, and a pipe otherwise; standard input is empty."""
    ran = run_it(program("import sys\nprint(sys.stdout.isatty(), sys.stdin.isatty(), repr(sys.stdin.read()))"))

    assert ran.lines == [f"{terminal} False ''"]


@RUNS
def test_arguments_and_text_arrive(run_it):
    """Arguments reach the program, and any text comes back."""
    assert run_it(program("import sys\nprint(*sys.argv[1:])"), "更多", "two words").lines == ["更多 two words"]


@RUNS
def test_a_signal_is_a_negative_status(run_it):
    """A program that a signal ends has its number, negative, as its status."""
    assert run_it(program("import os\nos.kill(os.getpid(), 9)")).status == -signal.SIGKILL


@RUNS
def test_a_program_that_does_not_end_is_overdue(run_it, tmp_path):
    """A program that misses the deadline is overdue under its name, and does not live on."""
    pid = tmp_path / "pid"
    pid.touch()
    hangs = "import os, pathlib, sys, time\npathlib.Path(sys.argv[1]).write_text(str(os.getpid()))\ntime.sleep(600)"

    with impatience(), pytest.raises(Overdue, match=r"the end of tried\.py"):
        run_it(program(hangs), str(pid))

    assert state(pid.read_text() or "none") in "ZX"


@RUNS
def test_what_a_program_leaves_behind_is_killed(run_it):
    """Children that a program leaves behind do not live on."""
    quiet = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
    source = f"import subprocess\nprint(subprocess.Popen(['sleep', '600'], {quiet}).pid)"
    (pid,) = run_it(program(source)).lines

    assert wait_until(lambda: state(pid) in "ZX", "its end")


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def test_a_pipe_is_block_buffered_whatever_the_environment_says(monkeypatch):
    """Variables that change how Python prints do not reach a program; others do, and those given to it."""
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    monkeypatch.setenv("OF_THE_RUN", "1")
    source = (
        "import os, sys\n"
        "print(sys.stdout.line_buffering, sys.stdout.write_through)\n"
        "print(*map(os.environ.get, sys.argv[1:]))"
    )
    ran = run(program(source), "PYTHONUNBUFFERED", "OF_THE_RUN", "GIVEN", env={"GIVEN": "2"})

    assert ran.lines == ["False False", "None 1 2"]


def test_a_program_runs_in_a_folder_of_its_own():
    """A program finds itself in an empty folder, which is gone afterwards."""
    (folder, files) = run(program("import os\nprint(os.getcwd())\nprint(os.listdir())")).lines

    assert files == "['tried.py']"
    assert not os.path.exists(folder)  # noqa: PTH110


def test_a_broken_copy_differs_in_one_passage():
    """Replacing a passage makes another program, and refuses a passage that does not occur exactly once."""
    original = program("one two two")

    assert original.replacing("one", "three").source == "three two two"
    assert original.source == "one two two"
    with pytest.raises(ValueError, match=r"^occurs 2 times in tried.py, expected once: 'two'$"):
        original.replacing("two", "three")
    with pytest.raises(ValueError, match=r"^occurs 0 times"):
        original.replacing("three", "four")


def test_a_sample_is_read_from_beside_the_claim(tmp_path):
    """A chapter's sample is found by its name, and keeps the name of its file."""
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "greeting.py").write_text("print('你好')", encoding="utf-8")

    assert sample(str(tmp_path / "test_x.py"), "greeting") == Program("greeting.py", "print('你好')")


def test_a_transcript_shows_both_streams():
    """What was printed, and complained about, is shown as evidence with the command and the status."""
    evidence = Evidence()
    ran = run(program("import sys\nprint('out')\nsys.exit('err')")).show(evidence, "a failure")

    assert ran.status == 1
    (shown,) = evidence.items
    assert (shown.title, shown.command, shown.exit) == ("a failure", "python tried.py", "1")
    assert shown.text == "out\n\n[standard error]\nerr\n"
