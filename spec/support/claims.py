"""What a claim module is made of: the claim, its ruling, and the marks on its requirements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from spec.support.sabotage import Sabotage

Requirement = TypeVar("Requirement", bound=Callable[..., Any])
Lines = int | tuple[int, int]


@dataclass(frozen=True)
class Text:
    """One text in both languages of the report."""

    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class Condition:
    """A sentence about this runtime, and the probe that decides it.

    `probe` answers with an empty string where the sentence is true, else with the reason why not. It asks by
    trying; a version is asked only where a changelog names it. It runs once a process.
    """

    says: str
    probe: Callable[[], str] = field(repr=False, compare=False)

    @cached_property
    def reason(self) -> str:
        """Why the sentence is not true here; empty where it is."""
        return self.probe()

    @property
    def holds(self) -> bool:
        """Whether the sentence is true here."""
        return not self.reason


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What this suite holds of the document's sentence."""

    kind: ClassVar[str]
    because: str = ""
    correction: Text = Text()
    references: Sequence[str] = ()

    @property
    def condition_says(self) -> str:
        """On what the sentence depends; empty where on nothing."""
        return ""

    @property
    def needs_word(self) -> bool:
        """Whether some runtime denies the sentence, so that a requirement must execute it as it stands."""
        return False

    @property
    def holds_here(self) -> bool:
        """Whether the sentence is held to be true on this runtime."""
        return True


@dataclass(frozen=True, kw_only=True)
class Holds(Ruling):
    """The sentence is true wherever the facility exists."""

    kind: ClassVar[str] = "HOLDS"


@dataclass(frozen=True, kw_only=True)
class Opinion(Ruling):
    """The sentence is a judgement; something honest is measured about it."""

    kind: ClassVar[str] = "OPINION"


@dataclass(frozen=True, kw_only=True)
class HoldsIf(Ruling):
    """The sentence is true under a condition.

    A `Condition` is decided per runtime. A plain string names circumstances that the requirements bring about
    themselves: they specify both sides, and the sentence counts as holding.
    """

    kind: ClassVar[str] = "HOLDS_IF"
    condition: Condition | str = ""

    @property
    def condition_says(self) -> str:
        return self.condition.says if isinstance(self.condition, Condition) else self.condition

    @property
    def needs_word(self) -> bool:
        return isinstance(self.condition, Condition)

    @property
    def holds_here(self) -> bool:
        return self.condition.holds if isinstance(self.condition, Condition) else True


@dataclass(frozen=True, kw_only=True)
class Outdated(HoldsIf):
    """The sentence stopped being true: `since` names the version, the condition says where it still is."""

    kind: ClassVar[str] = "OUTDATED"
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class Refuted(Ruling):
    """The sentence never was true."""

    kind: ClassVar[str] = "REFUTED"

    @property
    def needs_word(self) -> bool:
        return True

    @property
    def holds_here(self) -> bool:
        return False


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
    """Mark a requirement that compares quantities within one run; it never runs beside another item."""
    return _marking(measured=True)(requirement)


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
