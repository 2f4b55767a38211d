"""What the claims about fork run in the clean room to hear how the library's children fail."""

from __future__ import annotations

from typing import NamedTuple

from concurrency_lib import fork as library
from spec.support.deadlines import deadline


class TroubleError(Exception):
    """What a child raises: it survives being pickled."""


class StubbornError(Exception):
    """What a child raises: it does not survive being pickled."""

    def __reduce__(self) -> str:
        """Refuse."""
        raise TypeError("stays where it is")


class Heard(NamedTuple):
    """What a parent hears of an exception: its cause's kind and text, and the traceback."""

    kind: str
    text: str
    traceback: str


def give_up(kind: type[BaseException], text: str) -> None:
    """Raise in the child."""
    raise kind(text)


def hear_of(kind: type[BaseException], text: str) -> Heard:
    """Let a child of the library raise, and return what its parent hears of it: an Exit, if nothing."""
    with library.start(give_up, kind, text) as child:
        try:
            return Heard("Exit", str(child.wait(deadline())), "")
        except library.ChildFailed as failure:
            cause = failure.__cause__
            return Heard(type(cause).__name__, str(cause), failure.traceback)
