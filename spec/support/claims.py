"""What a claim module is made of: the claim, its saboteurs, and the marks on its requirements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from spec.support.rulings import Condition, Ruling

if TYPE_CHECKING:
    from spec.support.sabotage import Sabotage

Requirement = TypeVar("Requirement", bound=Callable[..., Any])
Lines = int | tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a claim module decides.

    `decides` maps an assertion's id to its line, or its first and last line, in the document. The English
    statement is the module's docstring; `zh` is the Chinese one. `needs` lists what a runtime must offer for
    any of its requirements to mean something.
    """

    zh: str = ""
    decides: Mapping[str, Lines] = field(default_factory=dict)
    ruling: Ruling | None = None
    needs: Sequence[Condition] = ()


@dataclass(frozen=True)
class Word:
    """How the document's own assertion ends where the ruling denies it."""

    ends_in: type[BaseException] | tuple[type[BaseException], ...]
    match: str


def documents_word(
    *, ends_in: type[BaseException] | tuple[type[BaseException], ...] = AssertionError, match: str = ""
) -> Callable[[Requirement], Requirement]:
    """Mark the requirement that executes the document's own assertion.

    Where the ruling denies the sentence it must end, in the call phase, in `ends_in`, with a text in which
    `match` (a regular expression) is found. Where the ruling upholds it, it must pass.
    """
    return _marking(documents_word=Word(ends_in, match))


def needs(*conditions: Condition) -> Callable[[Requirement], Requirement]:
    """Say what a runtime must offer for one requirement to mean something."""
    return _marking(needs=conditions)


def measured(requirement: Requirement) -> Requirement:
    """Mark a requirement that compares quantities within one run, such as processor times, on a busy machine too."""
    return _marking(measured=True)(requirement)


def measured_alone(requirement: Requirement) -> Requirement:
    """Mark a measured requirement that whatever else computes disturbs; it never runs beside another item."""
    return _marking(measured=True, alone=True)(requirement)


def slow(reason: str) -> Callable[[Requirement], Requirement]:
    """Name the reason why a requirement takes more than a second."""
    return _marking(slow=reason)


def _marking(**marks: Any) -> Callable[[Requirement], Requirement]:
    def mark(requirement: Requirement) -> Requirement:
        vars(requirement).update(marks)
        return requirement

    return mark


@dataclass(frozen=True)
class Saboteur:
    """A named way of breaking the thing under test that one requirement must catch."""

    break_it: Callable[[Sabotage], None]
    caught_by: Callable[..., Any]
    hangs: bool
    restores: bool

    @property
    def says(self) -> str:
        """What is broken, in a sentence."""
        return sentence(self.break_it)


def saboteur(
    *, caught_by: Callable[..., Any], hangs: bool = False, restores: bool = False
) -> Callable[[Callable[[Sabotage], None]], Saboteur]:
    """Turn a function into a saboteur: it is given something to patch with, and says what it breaks.

    `hangs`: the catch may be a missed deadline. `restores`: it supplies a world in which the document's
    sentence holds, and the document's word must pass there.
    """
    return lambda break_it: Saboteur(break_it, caught_by, hangs, restores)


BLANK = "…"  # marks in a skeleton what is still to be written


def sentence(documented: object) -> str:
    """Return the first paragraph of a docstring, on one line; empty where there is none yet."""
    paragraph = (getattr(documented, "__doc__", None) or "").strip().partition("\n\n")[0]
    return "" if paragraph == BLANK else " ".join(paragraph.split())
