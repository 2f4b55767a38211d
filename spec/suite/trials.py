"""Small projects of their own: written into a folder, run with the real plugin, and read back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

from spec.suite.runs import Run

ROOT = Path(__file__).parents[2]
OWN_PLUGINS = ("xdist", "pytest_timeout", "spec.support.plugin")

SETTINGS = """
[pytest]
claims = trial
timeout = 30
filterwarnings = error
addopts = --strict-markers
markers =
    measured: compares quantities
    slow(reason): takes its time
"""

MODULE = '''
"""{name}: the statement."""

import os
import sys
import threading

import pytest

from spec.support import *

THING = "whole"

claim = Claim(
    zh="{name}：陈述。",
    decides={{"trial.{name}": {line}}},
    ruling={ruling},
    needs=[{needs}],
)

{body}
'''

SABOTEUR = '''
@saboteur(caught_by={caught_by})
def breaking_it(patch):
    """The thing is broken."""
    patch.here(THING="broken")
'''

CORRECTED = "because='so it is', correction=Text('en', 'zh'), references=['https://docs.python.org/3/']"
REFUTED = f"Refuted({CORRECTED})"


class Trial:
    """A folder with claims, and what it takes to run them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pytest.ini", SETTINGS)
        self.write("trial/__init__.py", "")
        self.write("trial/threads/__init__.py", "")

    def write(self, name: str, text: str) -> Path:
        """Write any file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def claim(self, name: str, body: str, *, ruling: str = "Holds()", needs: str = "", line: int = 200) -> None:
        """Write a claim; its body may say `{name}`.

        Where the body has no saboteur, its first requirement catches one that breaks `THING`.
        """
        body = dedent(body).replace("{name}", name)
        if "@saboteur" not in body and not ruling.startswith("Opinion"):
            body += SABOTEUR.format(caught_by=re.findall(r"^def (test_\w+)", body, re.MULTILINE)[0])
        text = MODULE.format(name=name, ruling=ruling, needs=needs, line=line, body=body)
        self.write(f"trial/threads/test_{name}.py", text)

    def run(self, *arguments: str, **environment: str) -> Run:
        """Run pytest on the project until it ends."""
        (self.folder / "reports" / "partial.json").unlink(missing_ok=True)
        process = self.start(*arguments, **environment)
        output, _ = process.communicate(timeout=50)
        return Run(self.folder, process.returncode, output)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start pytest on the project."""
        plugins = [part for plugin in OWN_PLUGINS for part in ("-p", plugin)]
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *plugins, *arguments],
            cwd=self.folder,
            env=_environment() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def _environment() -> dict[str, str]:
    """Return this process's environment without what pytest and the plugin made of it."""
    temporary = os.environ.get("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    own = {
        "TMPDIR": temporary,
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "COLUMNS": "200",
    }
    return kept | own
