"""Runtimes that break one promise about what threads and processes have in common.

A breakage is applied when the interpreter starts, in every process of a run, before anything else is imported. It
stands for a real runtime or drop-in that gets this one thing wrong. Light: nothing here imports pytest.
"""

from __future__ import annotations

import contextvars
import copy
import multiprocessing.context
import sys
import threading
from types import SimpleNamespace
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Thread = threading.Thread


def asked_by_a_claim() -> bool:
    """Tell whether the caller's caller is a claim or the library: pytest itself must go on working."""
    caller = sys._getframe(2)  # noqa: SLF001 - there is no other way to who calls
    return str(caller.f_globals.get("__name__")).startswith(("spec.threads", "concurrency_lib"))


@noticed_by("lock-threads-share-all")
def threads_are_given_copies() -> None:
    """A thread that is handed a list gets a copy of it."""

    def init(honest: Any) -> Any:
        def copies(self: Any, *options: Any, args: Any = (), **others: Any) -> None:
            if asked_by_a_claim():
                args = [copy.copy(arg) if type(arg) is list else arg for arg in args]
            honest(self, *options, args=args, **others)

        return copies

    replace(Thread, "__init__", init)


@noticed_by("lock-process-copies")
def shared_values_are_private() -> None:
    """What a process makes to share, as a Value, is its own."""
    context = multiprocessing.context.BaseContext
    replace(context, "Value", lambda _: lambda self, code, value=0, lock=True: SimpleNamespace(value=value))


class CommonVariable:
    """A context variable that has one value in all contexts."""

    def __init__(self, default: Any) -> None:
        self._value = default

    def get(self) -> Any:
        """Return the value."""
        return self._value

    def set(self, value: Any) -> None:
        """Set the value, for all."""
        self._value = value


@noticed_by("lock-any-thread-can-modify")
def context_variables_are_for_all() -> None:
    """A context variable that has a default has one value, in all threads."""

    def one_for_all(honest: Any) -> Any:
        class ContextVariable:
            """To be subscripted as well."""

            def __class_getitem__(cls, _: Any) -> Any:
                return cls

            def __new__(cls, name: str, **options: Any) -> Any:
                if "default" in options and asked_by_a_claim():
                    return CommonVariable(options["default"])
                return honest(name, **options)

        return ContextVariable

    replace(contextvars, "ContextVar", one_for_all)
