"""How a requirement may end, other than by holding or by an assertion that fails."""

from __future__ import annotations


class Inconclusive(Exception):  # noqa: N818 - a verdict, not an error
    """What was measured does not decide the question on this machine now; the text gives the figures."""


class Overdue(AssertionError):  # noqa: N818 - what it is, in the field's word
    """A deadline passed: a catch only for a saboteur that hangs, and never the document's word."""
