"""The command for a new claim writes a skeleton that collection refuses part by part, and spoils nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from spec.new import main
from spec.suite.trials import ROOT, Trial

FILLED = {
    '"""…"""\n\nfrom': '"""The statement."""\n\nfrom',
    'zh="…"': 'zh="陈述。"',
    "decides={}": 'decides={"trial.tea": 200}',
    '():\n    """…"""\n    raise NotImplementedError': '():\n    """Tea is."""\n    assert THING == "hot"',
    '(patch):\n    """…"""\n    patch.here()': '(patch):\n    """It cools."""\n    patch.here(THING="cold")',
    "\n\nclaim =": '\n\nTHING = "hot"\n\nclaim =',
}

REFUSALS = [
    "no English statement: write it as the module's docstring",
    "no Chinese statement: write it as `zh` of the claim",
    "decides nothing: map an assertion's id to its line in `decides`",
    "test_tea_is_hot: no sentence; write one as its docstring",
    "what_breaks_it: no sentence; write one as its docstring",
]


@pytest.fixture
def skeleton(trial, capsys):
    path = trial.folder / "trial" / "threads" / "test_tea_is_hot.py"
    path.unlink(missing_ok=True)
    assert main(["threads", "tea-is-hot"], trial.folder / "trial") == 0
    capsys.readouterr()
    return path


def fill(skeleton, parts):
    text = skeleton.read_text(encoding="utf-8")
    for blank in list(FILLED)[:parts]:
        assert text.count(blank) == 1
        text = text.replace(blank, FILLED[blank])
    return text


def test_a_skeleton_is_refused_for_one_part_after_another(skeleton, trial):
    """As written, and with each part filled in, collection names the next missing part in one line."""
    for parts, _ in enumerate(REFUSALS):
        trial.write(
            f"trial/threads/test_tea_{parts}.py",
            fill(skeleton, parts).replace("trial.tea", f"trial.tea{parts}"),
        )
    skeleton.unlink()
    run = trial.run()
    told = {fault["where"]: fault["says"] for fault in run.record["faults"]}

    assert list(told.values()) == [f"{where}: {reason}" for where, reason in zip(told, REFUSALS, strict=True)]


def test_a_skeleton_that_is_filled_in_is_a_claim(skeleton, tmp_path_factory):
    """With every part filled in the skeleton is a claim that is confirmed, and its saboteur is caught."""
    trial = Trial(tmp_path_factory.mktemp("filled"))
    trial.write("trial/threads/test_tea_is_hot.py", fill(skeleton, len(FILLED)))

    assert trial.run().verdicts == {"tea-is-hot": "CONFIRMED"}


@pytest.fixture
def claims(tmp_path):
    """A folder of claims with two chapters, one claim, and rooms that are no chapters."""
    for room in ("threads", "processes", "support", "suite"):
        (tmp_path / "spec" / room).mkdir(parents=True)
        (tmp_path / "spec" / room / "__init__.py").touch()
    (tmp_path / "spec" / "threads" / "test_tea_is_hot.py").write_text("as it was")
    return tmp_path / "spec"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "usage: python -m spec.new CHAPTER claim-id"),
        (["threads"], "usage: python -m spec.new CHAPTER claim-id"),
        (["cooking", "tea-is-hot"], "no chapter cooking: there are processes, threads"),
        (["support", "tea-is-hot"], "no chapter support: there are processes, threads"),
        (["../spec/threads", "tea"], "no chapter ../spec/threads: there are processes, threads"),
        (
            ["threads", "Tea_is hot"],
            "no claim id: 'Tea_is hot': give lower-case words joined by hyphens, such as fork-returns-twice",
        ),
        (
            ["threads", "../tea"],
            "no claim id: '../tea': give lower-case words joined by hyphens, such as fork-returns-twice",
        ),
        (
            ["threads", "tea-"],
            "no claim id: 'tea-': give lower-case words joined by hyphens, such as fork-returns-twice",
        ),
        (["threads", "tea-is-hot"], "there is spec/threads/test_tea_is_hot.py already"),
        (
            ["processes", "tea-is-hot"],
            "tea-is-hot is taken by spec/threads/test_tea_is_hot.py: an id is unique in all chapters",
        ),
    ],
    ids=[
        "nothing",
        "no id",
        "chapter",
        "no chapter",
        "path",
        "words",
        "id with a path",
        "open end",
        "file",
        "id",
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(arguments, line, claims, capsys):
    """An unknown chapter, and an id that is bad or taken, are refused in one line, and nothing is written."""
    files = sorted(claims.rglob("*"))

    assert main(arguments, claims) == 2
    assert capsys.readouterr() == ("", line + "\n")
    assert sorted(claims.rglob("*")) == files
    assert (claims / "threads" / "test_tea_is_hot.py").read_text() == "as it was"


def test_the_command_says_where_the_skeleton_is(claims, capsys):
    """Having written the file the command names it, and how to run it."""
    assert main(["processes", "tea-is-cold"], claims) == 0

    shown = "spec/processes/test_tea_is_cold.py"
    assert capsys.readouterr().out == f"{shown}: fill in what is marked …, then run: pytest {shown}\n"


def test_the_command_runs_as_a_module():
    """As `python -m spec.new` it refuses with status two and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "spec.new", "no-such"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "usage: python -m spec.new CHAPTER claim-id\n",
    )
