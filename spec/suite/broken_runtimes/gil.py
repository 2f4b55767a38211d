"""Runtimes that break one promise about turns, waiting threads or their own name each.

What is said of the interpreter lock itself cannot be broken from without; that is left to saboteurs. Light: nothing
here imports pytest.
"""

from __future__ import annotations

import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace


@noticed_by("gil-switch-interval")
def switch_interval_is_always_said_to_be_5_ms() -> None:
    """Whatever switch interval is set, the runtime says that it is the usual one."""
    replace(sys, "getswitchinterval", lambda _: lambda: 0.005)


@noticed_by("gil-threads-usable")
def executors_have_one_thread() -> None:
    """An executor has one thread, however many it was asked for."""

    def init(honest: Any) -> Any:
        def one(self: Any, max_workers: int | None = None, *args: Any, **options: Any) -> None:
            honest(self, 1, *args, **options)

        return one

    replace(ThreadPoolExecutor, "__init__", init)


@noticed_by("gil-usual-interpreter-cpython")
def platform_takes_it_for_another() -> None:
    """The platform module takes the interpreter for one of another make."""
    replace(platform, "python_implementation", lambda _: lambda: "Jython")
