"""Runtimes that break one promise about external programs each."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Popen = subprocess.Popen


@noticed_by(
    "subprocess-controls-io",
    "subprocess-communicate-feeds-input",
    "subprocess-sample5-output",
    "subprocess-popen-first-input-later",
)
def communicate_without_its_input() -> None:
    """A program gets no input from communicate."""
    replace(Popen, "communicate", lambda honest: lambda self, input=None, timeout=None: honest(self, None, timeout))  # noqa: A006


@noticed_by("subprocess-controls-io", "subprocess-sample5-output")
def standard_error_goes_astray() -> None:
    """A program's standard error, when asked for, comes out with its standard output."""

    def init(honest: Any) -> Any:
        def merge(self: Any, *args: Any, **kwargs: Any) -> None:
            if kwargs.get("stderr") == subprocess.PIPE and "pytest" not in sys.modules:
                kwargs["stderr"] = subprocess.STDOUT
            honest(self, *args, **kwargs)

        return merge

    replace(Popen, "__init__", init)


@noticed_by(
    "subprocess-call-blocks-returns-code",
    perhaps=["subprocess-sample4-output", "subprocess-call-direct", "subprocess-call-like-cli"],
)
def call_does_not_wait() -> None:
    """Calling a program returns 0 while the program runs."""
    replace(subprocess, "call", lambda _: lambda *args, **kwargs: Popen(*args, **kwargs) and 0)


@noticed_by("subprocess-call-like-cli")
def signals_told_as_a_shell_does() -> None:
    """A program that a signal ended has an exit status above 128."""

    def handle(honest: Any) -> Any:
        def translate(self: Any, *args: Any, **kwargs: Any) -> None:
            honest(self, *args, **kwargs)
            if (self.returncode or 0) < 0:
                self.returncode = 128 - self.returncode

        return translate

    replace(Popen, "_handle_exitstatus", handle)
