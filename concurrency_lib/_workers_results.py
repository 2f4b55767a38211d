"""What workers of any kind can be asked, and what comes of a task: a value, or an error that names the task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from concurrency_lib._exits import described
from concurrency_lib._remote import Failure, RemoteError, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from concurrency_lib._remote import Success

Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - named for what it is


class WorkerDied(Exception):
    """The worker of a task died each time; `exitcode` is its last exit code, or minus the signal that ended it."""

    def __init__(self, task: int, tries: int, exitcode: int) -> None:
        super().__init__(task, tries, exitcode)
        self.task, self.tries, self.exitcode = task, tries, exitcode

    def __str__(self) -> str:
        return f"task {self.task} lost its worker in {self.tries} of {self.tries} tries: {described(self.exitcode)}"


@dataclass(frozen=True)
class Result(Generic[Value]):
    """What came of the task with this index, and in how many tries: an error, or what it returned."""

    index: int
    returned: Value | None = None
    error: Exception | None = None
    tries: int = 1

    @property
    def value(self) -> Value:
        """What the task returned; raises the error where there is one."""
        if self.error is not None:
            raise self.error
        return cast("Value", self.returned)


class Hands(Protocol):
    """Those who do the work."""

    @property
    def free(self) -> bool:
        """Whether another task may be given."""

    @property
    def busy(self) -> bool:
        """Whether there is anything to hear of."""

    def give(self, index: int, function: Callable[[Any], object], item: object) -> None:
        """Have the task done, or refused."""

    def hear(self) -> list[Result[Any]]:
        """Wait for news, and return the results among them."""

    def drop(self) -> None:
        """Give up what is under way."""

    def close(self) -> None:
        """Give up what is under way, and end the workers."""


def settled(index: int, outcome: Success | Failure, tries: int = 1) -> Result[Any]:
    """Make the result of a task from the outcome that its worker sent."""
    try:
        return Result(index, settle(outcome, f"task {index}"), tries=tries)
    except Exception as error:  # noqa: BLE001 - whoever asks for the value hears it
        return Result(index, error=error, tries=tries)


def ended_here(index: int, returned: object, error: BaseException | None) -> Result[Any]:
    """Make the result of a task that ran in this process; what would end this process arrives as RemoteError."""
    if error is not None and not isinstance(error, Exception):
        error = Failure.of(error).retold(RemoteError, f"task {index}")
    return Result(index, returned, error)
