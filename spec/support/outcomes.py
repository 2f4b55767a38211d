"""How a requirement may end, other than by holding or by an assertion that fails; and how a call ends that it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Inconclusive(Exception):
    """What was measured does not decide the question on this machine now; the text gives the figures."""


class Overdue(AssertionError):
    """A deadline passed: a catch only for a saboteur that hangs, and never the document's word."""


def raised_by(call: Callable[..., object], *args: Any, **options: Any) -> Exception | None:
    """Return the exception in which a call ends, or None, for a requirement to assert which it is."""
    try:
        call(*args, **options)
    except Overdue:
        raise
    except Exception as error:  # noqa: BLE001 - the requirement says which it expects
        return error
    return None
