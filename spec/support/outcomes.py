"""How a requirement may end, other than by holding or by an assertion that fails."""

from __future__ import annotations


class Inconclusive(Exception):
    """What was measured does not decide the question on this machine now; the text gives the figures."""


class Overdue(AssertionError):
    """A deadline passed: a catch only for a saboteur that hangs, and never the document's word."""
