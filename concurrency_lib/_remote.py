"""The journey of a call's outcome from one process to another.

`attempt` makes a call and keeps what came of it, a value or an exception, in a form that can be sent;
`settle` lets it happen again where it arrives. An exception arrives as itself if it survives being
pickled. Its traceback cannot be pickled, and arrives as text in any case.
"""

from __future__ import annotations

import pickle
from io import BytesIO
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from concurrency_lib._contexts import name_of

if TYPE_CHECKING:
    from collections.abc import Callable


class RemoteTraceback(Exception):
    """The traceback of another process, as text: the cause of an exception that came from there."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


class RemoteError(Exception):
    """Another process raised an exception, told here by its summary and its traceback, both text."""

    def __init__(self, who: str, summary: str, traceback: str) -> None:
        super().__init__(who, summary, traceback)
        self.who, self.summary, self.traceback = who, summary, traceback

    def __str__(self) -> str:
        return f"{self.who} raised {self.summary}"


AnyRemoteError = TypeVar("AnyRemoteError", bound=RemoteError)


class Failure(NamedTuple):
    """An exception made ready for the journey."""

    summary: str
    traceback: str
    pickled: bytes | None

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Pack `error`; this succeeds even if it has no pickle, nor a text that can be printed."""
        # Imported here because most processes never fail, yet each would pay for it.
        from traceback import TracebackException  # noqa: PLC0415

        told = TracebackException.from_exception(error)
        summary = f"{type(error).__qualname__}: {told}"
        return cls(summary, "".join(told.format()), pickled_if_it_survives(error))

    def cause(self) -> BaseException:
        """Return the exception, with its traceback as its cause; or the traceback, if only that survived."""
        told = RemoteTraceback(self.traceback)
        try:
            error: BaseException = pickle.loads(self.pickled or b"")
        except Exception:  # noqa: BLE001 - the exception's own code runs here
            return told
        error.__cause__ = told
        return error

    def retold(self, kind: type[AnyRemoteError], who: str) -> AnyRemoteError:
        """Return a `kind` of error with the exception as its cause."""
        error = kind(who, self.summary, self.traceback)
        error.__cause__ = self.cause()
        return error


class Success(NamedTuple):
    """A value, pickled."""

    pickled: bytes


def attempt(function: Callable[..., object], *args: object) -> Success | Failure:
    """Return what came of `function(*args)`; only SystemExit passes, for it speaks to the process."""
    try:
        return Success(pack(function(*args), f"value of {name_of(function)}"))
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - it is raised where the call was asked for
        return Failure.of(error)


def settle(outcome: Success | Failure, who: str) -> Any:
    """Return the value, or raise the exception, of the call that `who` made.

    What cannot be raised as itself is raised as a RemoteError: what did not survive being pickled, and
    what would end or interrupt this process although it was meant for another (SystemExit,
    KeyboardInterrupt).
    """
    if isinstance(outcome, Success):
        return unpack(outcome.pickled, f"value of {who}")
    error = outcome.cause()
    if isinstance(error, Exception) and not isinstance(error, RemoteTraceback):
        raise error
    raise outcome.retold(RemoteError, who)


def pack(thing: object, what: str) -> bytes:
    """Pickle `thing`, or raise PicklingError naming it by `what` it is."""
    try:
        file = BytesIO()
        ForkingPickler(file).dump(thing)
        return file.getvalue()  # unlike `ForkingPickler.dumps`, this makes no copy of what may be large
    except Exception as error:
        told = f"{what} cannot be pickled: {type(error).__name__}: {error}"
        raise pickle.PicklingError(told) from error


def unpack(pickled: bytes, what: str) -> Any:
    """Return what was packed, or raise UnpicklingError naming it by `what` it is."""
    try:
        return pickle.loads(pickled)
    except Exception as error:
        told = f"{what} cannot be unpickled: {type(error).__name__}: {error}"
        raise pickle.UnpicklingError(told) from error


def pickled_if_it_survives(error: BaseException) -> bytes | None:
    """Return the pickled `error`, or None if that would not come back as the same kind of exception."""
    try:
        pickled = pack(error, "exception")
        return pickled if type(pickle.loads(pickled)) is type(error) else None
    except Exception:  # noqa: BLE001 - the exception's own code runs here
        return None
