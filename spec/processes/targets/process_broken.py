"""How saboteurs break what runs in a process, and the library's processes."""

from __future__ import annotations

import os
import time
from typing import Any, NoReturn

from concurrency_lib import processes
from concurrency_lib.processes import settle
from spec.processes.targets import process
from spec.support.sabotage import Patch


def kernel_that_forks_after_all(patch: Patch) -> None:
    """Let every fork succeed."""
    patch.setattr(process, "refuse", os.fork)


def process_that_takes_itself_for_its_parent(patch: Patch) -> None:
    """Find the parent's pid where the own one is asked for."""
    patch.setattr(os, "getpid", os.getppid)


def process_with_an_end_of_its_own(patch: Patch) -> None:
    """End with a code that nobody chose, once the work is done."""
    patch.setattr(time, "monotonic", lambda: os._exit(3))


def process_that_hides_its_exception(patch: Patch) -> None:
    """End with success at the first complaint."""
    patch.setattr(process, "complain", lambda _: None)


def signal_that_is_a_code(patch: Patch) -> None:
    """Exit with the number of the signal in place of being killed by it."""
    patch.setattr(os, "kill", lambda _, signum: os._exit(signum))


def fail_without_a_reason(_outcome: object, who: str) -> NoReturn:
    """Raise what tells nothing of the exception."""
    raise processes.RemoteError(who, "something", "")


class ImpatientProcess(processes.RunningProcess[Any]):
    """A running process that waits for nothing."""

    def result(self, timeout: float | None = None) -> None:
        """Return at once."""


class RuthlessProcess(processes.RunningProcess[Any]):
    """A running process that does not outlive an impatient question."""

    def result(self, timeout: float | None = None) -> Any:
        """Kill the process that has not answered in time."""
        with self:
            return super().result(timeout)


class StrayProcess(processes.RunningProcess[Any]):
    """A running process that its block does not end."""

    def __exit__(self, *_: object) -> None:
        """Leave the process to itself, and hear no more of it."""
        self._answer.close()


class JoinedFirst(processes.RunningProcess[Any]):
    """A running process that is joined before its answer is taken."""

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the end first."""
        until = time.monotonic() + (timeout or 0)
        while self.is_alive():
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.001)
        return super().result()


def settle_without_a_traceback(outcome: Any, who: str) -> Any:
    """Raise an exception with nothing that tells where it came from."""
    try:
        return settle(outcome, who)
    except LookupError as error:
        raise error from None


class DiedOtherwise(processes.ProcessDied):
    """A death told with the next exit code."""

    def __init__(self, process: str, exitcode: int) -> None:
        super().__init__(process, exitcode + 1)
