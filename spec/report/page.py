"""The record as the page shows it: what a reader must know, then the checklist in the document's order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from spec.report.bilingual import Bilingual, catalogue
from spec.report.model import Claim, Opinion, Record

Row = Claim | Opinion


@dataclass(slots=True)
class Group:
    """The rows that stand under one heading of the document."""

    heading: Bilingual
    chapter: str
    anchor: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MustKnow:
    """The claims that the page shows before all others, by what a reader has to learn of them."""

    deviations: list[Claim]
    outdated: list[Claim]
    refuted: list[Claim]
    unmet: list[Claim]

    def __bool__(self) -> bool:
        """Whether there is any such claim."""
        return any((self.deviations, self.outdated, self.refuted, self.unmet))


def must_know(record: Record) -> MustKnow:
    """Deviations, outdated and refuted sentences, and the ones whose condition is not met here."""
    claims = record.claims
    return MustKnow(
        deviations=[claim for claim in claims if claim.verdict == "DEVIATES"],
        outdated=[claim for claim in claims if claim.ruling.kind == "OUTDATED"],
        refuted=[claim for claim in claims if claim.ruling.kind == "REFUTED"],
        unmet=[claim for claim in claims if claim.ruling.kind == "HOLDS_IF" and claim.verdict == "CORRECTED"],
    )


def groups(record: Record) -> list[Group]:
    """The checklist: claims and bare opinions under their headings, in the document's order."""
    found: dict[Bilingual, Group] = {}
    for row in _in_order(record):
        group = found.setdefault(row.heading, Group(row.heading, row.chapter, f"_heading-{len(found)}"))
        group.rows.append(row)
    return list(found.values())


def _in_order(record: Record) -> Iterator[Row]:
    waiting = sorted(record.opinions, key=attrgetter("lines"), reverse=True)
    for claim in record.claims:
        while waiting and waiting[-1].lines[0] < claim.first_line:
            yield waiting.pop()
        yield claim
    yield from reversed(waiting)


def chapters(record: Record) -> list[str]:
    """The chapters that occur, in the document's order."""
    return list(dict.fromkeys(row.chapter for row in _in_order(record)))


def verdict_key(claim: Claim) -> str:
    """The word of the catalogue for the verdict; an opinion cannot be confirmed, only measured."""
    measured = claim.ruling.kind == "OPINION" and claim.verdict == "CONFIRMED"
    return "MEASURED" if measured else claim.verdict


def outcome_word(record: Record) -> Bilingual:
    """Whether the run is red, and for what, in one sentence."""
    counts = {"faults": len(record.faults), "deviations": record.totals["DEVIATES"]}
    reasons = [name for name, count in counts.items() if count]
    return catalogue()["outcome"]["_".join(["red", *reasons]) if reasons else "green"]


def sentence_of(claim: Claim, name: str) -> str:
    """What the requirement of that name says; the name itself when the claim has no such requirement."""
    return next((each.says for each in claim.requirements if name in {each.name, each.id}), name)
