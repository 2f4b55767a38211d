"""What children import is light: it brings neither pytest nor hypothesis, nor the report."""

from __future__ import annotations

import subprocess
import sys

import pytest

from spec.suite.trials import ROOT
from spec.support.claimfiles import NO_CHAPTERS

HEAVY = ("pytest", "_pytest", "hypothesis", "jinja2", "xdist", "spec.report", "spec.support.plugin")

IMPORTED_ONE_BY_ONE = """
import importlib, sys

heavy, names = sys.argv[1].split(), sys.argv[2:]
for name in names:
    importlib.import_module(name)
    brought = [each for each in heavy if each in sys.modules]
    if brought:
        print(name, "brings", *brought)
        break
"""

LIGHT_ROOMS = (
    "clean_room",
    "contexts",
    "deadlines",
    "evidence",
    "executing",
    "guardian",
    "journal",
    "measuring",
    "outcomes",
    "rulings",
    "sabotage",
    "subjects",
    "turns",
)


def modules(*patterns):
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]


def targets():
    chapters = [path.name for path in (ROOT / "spec").iterdir() if path.is_dir() and path.name not in NO_CHAPTERS]
    return modules(
        "spec/suite/targets.py", *(f"spec/{name}/targets*/**/*.py" for name in chapters), "spec/*/targets.py"
    )


def brought_by(names, heavy=HEAVY):
    command = [sys.executable, "-c", IMPORTED_ONE_BY_ONE, " ".join(heavy), *names]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "names",
    [
        ["spec.support"],
        [f"spec.support.{room}" for room in LIGHT_ROOMS],
        targets(),
        modules("concurrency_lib/*.py"),
    ],
    ids=["vocabulary", "rooms that children enter", "targets", "library"],
)
def test_what_children_import_is_light(names):
    """A fresh interpreter that imports it has neither pytest, nor hypothesis, nor the report."""
    assert names
    assert brought_by(names) == ""


def test_the_library_knows_nothing_of_the_suite():
    """No module of the library brings any of the suite."""
    assert brought_by(modules("concurrency_lib/*.py"), heavy=("spec",)) == ""


def test_heavy_modules_are_noticed():
    """Importing the plugin brings pytest, and is told so."""
    assert brought_by(["spec.support.plugin"]).startswith("spec.support.plugin brings pytest")
