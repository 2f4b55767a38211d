"""What one run saw, before anything is concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

WORST_FIRST = ("deviates", "fault", "not run", "inconclusive", "corrected", "confirmed", "not applicable")


@dataclass(frozen=True)
class Seen:
    """How one item ended; `fault` names what is wrong with the suite, where something is."""

    kind: str
    reason: str = ""
    seconds: float = 0.0
    evidence: Sequence[Any] = ()
    fault: str = ""


@dataclass(frozen=True)
class Fault:
    """Something wrong with the suite, not with the runtime."""

    where: str
    kind: str
    says: str


@dataclass
class Observations:
    """Items by node id, faults, and which items each module defines, selected or not."""

    seen: dict[str, Seen] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    defined: dict[str, list[str]] = field(default_factory=dict)

    def of(self, base: str) -> dict[str, Seen]:
        """Return what was seen of one requirement or saboteur, by case; a case not seen was not run."""
        known = self.defined.get(base.partition("::")[0], ()) if self.defined else self.seen
        cases = [item for item in known if item == base or item.startswith(f"{base}[")]
        return {_case(item, base): self.seen.get(item, Seen("not run")) for item in cases} or {"": Seen("not run")}


def worst_of(cases: Iterable[Seen]) -> Seen:
    """Return the case that decides a requirement."""
    return min(cases, key=lambda case: WORST_FIRST.index(case.kind) if case.kind in WORST_FIRST else len(WORST_FIRST))


def _case(item: str, base: str) -> str:
    return item.removeprefix(base).removeprefix("[").removesuffix("]")
