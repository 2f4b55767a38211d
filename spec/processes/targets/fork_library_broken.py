"""How the library's `fork` is sabotaged in the clean room."""

from __future__ import annotations

import os
from typing import Any

from concurrency_lib import _child
from concurrency_lib import fork as library
from spec.support.sabotage import Patch

Child = library.ForkedChild


def child_that_goes_on(patch: Patch) -> None:
    """Have the child return from `start` when its function is done."""
    patch.setattr(library, "live_and_end", lambda function, args, *_: function(*args))


def child_born_unprotected(patch: Patch) -> None:
    """Have signals interrupt the child from its first moment."""
    patch.setattr(library, "mask_signals", lambda *_: ())


def child_with_its_parents_id(patch: Patch) -> None:
    """Have a child that has ended carry the id of its maker."""

    def wait(self: Child, timeout: float | None = None) -> library.Exit:
        ending = Child.wait(self, timeout)
        self.pid = os.getpid()
        return ending

    _of_another_kind(patch, wait=wait)


def ends_in_the_order_of_asking(patch: Patch) -> None:
    """Have whoever asks first be told of whoever ended first."""
    real = library.reap
    made: list[int] = []

    def __init__(self: Child, pid: int, report: int) -> None:  # noqa: N807 - it becomes a method
        made.append(pid)
        Child.__init__(self, pid, report)

    def reap(_: int) -> library.Exit | None:
        ending = real(made[0])
        if ending:
            made.pop(0)
        return ending

    _of_another_kind(patch, __init__=__init__)
    patch.setattr(library, "reap", reap)


def signals_told_as_exit_codes(patch: Patch) -> None:
    """Have a signal's end told as the exit code that a shell makes of it."""
    patch.setattr(library, "signal_of", lambda _: None)
    patch.setattr(library, "code_of", lambda exitcode: exitcode if exitcode >= 0 else 128 - exitcode)


def end_that_is_told_once(patch: Patch) -> None:
    """Have a child's end forgotten once it is told."""

    def wait(self: Child, timeout: float | None = None) -> library.Exit:
        ending = Child.wait(self, timeout)
        self._exit = None
        self.send_signal = self.kill = lambda *_: None  # the signals would reach nobody, or a stranger
        return ending

    _of_another_kind(patch, wait=wait)


def end_that_is_made_up(patch: Patch) -> None:
    """Have a child count as well ended when somebody else has reaped it."""
    patch.setattr(library, "reap", lambda _: library.Exit(0, None))


def impatience_that_kills(patch: Patch) -> None:
    """Have a child killed when the wait for it is given up."""

    def wait(self: Child, timeout: float | None = None) -> library.Exit:
        try:
            return Child.wait(self, timeout)
        except TimeoutError:
            self.kill()
            Child.wait(self)
            raise

    _of_another_kind(patch, wait=wait)


def block_that_leaves_its_child(patch: Patch) -> None:
    """Have the end of a child's block do nothing."""
    _of_another_kind(patch, __exit__=lambda *_: None)


def failure_without_a_cause(patch: Patch) -> None:
    """Have nothing but a summary of the exception cross from child to parent."""
    patch.setattr(library.Failure, "cause", lambda _: None)


def report_without_a_traceback(patch: Patch) -> None:
    """Have the child report what it raised without saying where."""
    real = library.Failure.of
    patch.setattr(_child.Failure, "of", lambda error: real(error)._replace(traceback=""))


def report_cut_short(patch: Patch) -> None:
    """Have the parent go by the first part of a report."""
    real = library.unpack
    patch.setattr(library, "unpack", lambda pickled, what: real(pickled[:65536], what))


def fork_called_as_it_is(patch: Patch) -> None:
    """Have the library call fork and let pass whatever is raised."""
    patch.setattr(library, "call_fork", lambda: os.fork())  # noqa: PLW0108 - whatever os.fork is by then


def every_error_taken_for_the_platforms(patch: Patch) -> None:
    """Have the library call every failing fork a missing one."""

    def call_fork() -> int:
        try:
            return os.fork()
        except OSError as error:
            raise NotImplementedError("no fork") from error

    patch.setattr(library, "call_fork", call_fork)


def _of_another_kind(patch: Patch, **methods: Any) -> None:
    """Give the library's children other methods."""
    patch.setattr(library, "ForkedChild", type("OtherChild", (Child,), methods))
