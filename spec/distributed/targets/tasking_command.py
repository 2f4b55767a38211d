"""The task server's command line, run in a process that is there already."""

from __future__ import annotations

import argparse  # noqa: F401 - the command imports it, and finds it here
import io
import os
import runpy
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NamedTuple

from concurrency_lib.task_server import NoServer
from spec.distributed.targets.tasking import KEY


class Obeyed(NamedTuple):
    """What came of a command: its exit code, and what it said."""

    code: Any
    text: str


def obey(*words: str) -> Obeyed:
    """Do what `python -m concurrency_lib.task_server` does with these words."""
    sys.argv, said = ["task_server", *words], io.StringIO()
    os.environ["TASK_SERVER_KEY"] = KEY.decode()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            runpy.run_module("concurrency_lib.task_server", run_name="__main__")
        except SystemExit as end:
            return Obeyed(end.code, said.getvalue())
    return Obeyed("none", said.getvalue())


def silent(patch: Any) -> None:
    """Let an error have nothing to say."""
    patch.setattr(NoServer, "__str__", lambda _: "")
