"""What this suite holds of a sentence of the document, and the conditions on which that depends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar


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
    def probed(self) -> bool:
        """Whether that differs between runtimes, and a probe tells."""
        return False

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
    def probed(self) -> bool:
        return isinstance(self.condition, Condition)

    @property
    def needs_word(self) -> bool:
        return self.probed

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
