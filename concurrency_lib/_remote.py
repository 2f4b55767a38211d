"""The journey of a call's outcome from one process to another.

`attempt` makes a call and keeps what came of it, a value or an exception, in a form that any process can carry; `settle`
lets it happen again at the other end. An exception arrives as itself if it survives being pickled. Its traceback cannot
be pickled, and so arrives as text in any case.
"""

from __future__ import annotations

import pickle
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


class RemoteTraceback(Exception):
    """The traceback of another process, as text: it stands as the cause of an exception that came from there."""

    def __str__(self) -> str:
        """Return the text set off from the traceback that is printed around it."""
        return f'\n"""\n{self.args[0]}"""'


class RemoteError(Exception):
    """Another process raised an exception, told here by its summary and its traceback, both text."""

    def __init__(self, who: str, summary: str, traceback: str) -> None:
        super().__init__(who, summary, traceback)
        self.who, self.summary, self.traceback = who, summary, traceback

    def __str__(self) -> str:
        """Return who raised what."""
        return f"{self.who} raised {self.summary}"


AnyRemoteError = TypeVar("AnyRemoteError", bound=RemoteError)


class Failure(NamedTuple):
    """An exception made ready for the journey."""

    summary: str
    traceback: str
    pickled: bytes | None

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Pack `error`, whatever it is: this never raises for want of a pickle or of a readable text."""
        # Imported here because most processes never fail, and every one of them would pay for it.
        from traceback import TracebackException  # noqa: PLC0415

        told = TracebackException.from_exception(error)
        return cls(f"{type(error).__qualname__}: {told}", "".join(told.format()), _pickled_to_survive(error))

    def cause(self) -> BaseException:
        """Return the exception with its traceback as its cause, or only the traceback if it did not survive."""
        told = RemoteTraceback(self.traceback)
        try:
            error: BaseException = pickle.loads(self.pickled or b"")
        except Exception:  # noqa: BLE001 - unpickling runs the exception's own code, which may raise anything
            return told
        error.__cause__ = told
        return error

    def retold(self, kind: type[AnyRemoteError], who: str) -> AnyRemoteError:
        """Return the exception wrapped in a `kind`, as its cause."""
        error = kind(who, self.summary, self.traceback)
        error.__cause__ = self.cause()
        return error


class Success(NamedTuple):
    """A value, pickled."""

    pickled: bytes


def _pickled_to_survive(error: BaseException) -> bytes | None:
    """Return the pickled `error`, or None if it would not come out of the pickle as what it is."""
    try:
        pickled = pack(error, "exception")
        return pickled if type(pickle.loads(pickled)) is type(error) else None
    except Exception:  # noqa: BLE001 - pickling runs the exception's own code, which may raise anything
        return None


def pack(thing: object, what: str) -> bytes:
    """Pickle `thing`, called `what` in the PicklingError that is raised if that cannot be done."""
    try:
        return bytes(ForkingPickler.dumps(thing))
    except Exception as error:
        message = f"{what} cannot be pickled: {type(error).__name__}: {error}"
        raise pickle.PicklingError(message) from error


def unpack(pickled: bytes, what: str) -> Any:
    """Return what `pack` was given, called `what` in the UnpicklingError that is raised if that cannot be done."""
    try:
        return pickle.loads(pickled)
    except Exception as error:
        message = f"{what} cannot be unpickled: {type(error).__name__}: {error}"
        raise pickle.UnpicklingError(message) from error


def attempt(function: Callable[..., object], *args: object) -> Success | Failure:
    """Call `function(*args)` and return what came of it; only SystemExit passes, for it means to end the process."""
    try:
        return Success(pack(function(*args), f"value of {name_of(function)}"))
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - it is raised again in the process that asked
        return Failure.of(error)


def settle(outcome: Success | Failure, who: str) -> Any:
    """Return the value, or raise the exception, of the call that `who` made in another process.

    What cannot be raised as itself is raised as a RemoteError: an exception that did not survive being pickled, and one
    that would end or interrupt this process as if it were its own (KeyboardInterrupt, SystemExit).
    """
    if isinstance(outcome, Success):
        return unpack(outcome.pickled, f"value of {who}")
    error = outcome.cause()
    if isinstance(error, Exception) and not isinstance(error, RemoteTraceback):
        raise error
    raise outcome.retold(RemoteError, who)


def name_of(function: Callable[..., object]) -> str:
    """Return the function's name; for callables without one, such as partials, their description."""
    return getattr(function, "__name__", None) or repr(function)
