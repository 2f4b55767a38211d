"""Why a claim module is refused: one plain line that names the part and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from spec.support.claimfiles import Requirement, claim_id, claim_of, requirements_of, saboteurs_of
from spec.support.claims import BLANK, Claim, Saboteur, sentence
from spec.support.document import DocumentMap, as_range
from spec.support.rulings import Holds, HoldsIf, Opinion, Outdated, Refuted, Ruling


@dataclass
class Register:
    """What the modules seen so far have taken: claim ids, assertions and sentences, each with its owner."""

    document: DocumentMap
    taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def owner(self, kind: str, name: str, owner: str) -> str:
        """Take a name, and return whoever owns it: this owner, or an earlier one."""
        return self.taken.setdefault((kind, name), owner)

    def refusal(self, path: Path, module: ModuleType) -> str:
        """Return the first reason to refuse a module; empty where it is welcome."""
        claim = claim_of(module)
        if claim is None:
            return "no claim: write `claim = Claim(...)`"
        return next(self._reasons(path, module, claim), "")

    def _reasons(self, path: Path, module: ModuleType, claim: Claim) -> Iterator[str]:
        where = f"{path.parent.name}/{path.name}"
        owner = self.owner("claim", claim_id(path), where)
        if owner != where:
            yield f"duplicate id {claim_id(path)}: {owner} has it already; rename the file"
        if not sentence(module):
            yield "no English statement: write it as the module's docstring"
        if claim.zh.strip() in ("", BLANK):
            yield "no Chinese statement: write it as `zh` of the claim"
        yield from self._assertion_reasons(where, claim)
        yield from _ruling_reasons(claim.ruling)
        yield from self._requirement_reasons(where, module)
        yield from _word_reasons(module, claim)
        yield from _saboteur_reasons(module, claim)

    def _assertion_reasons(self, where: str, claim: Claim) -> Iterator[str]:
        if not claim.decides:
            yield "decides nothing: map an assertion's id to its line in `decides`"
        for name, lines in claim.decides.items():
            first, last = as_range(lines)
            if not 1 <= first <= last <= self.document.lines:
                inside = f"1-{self.document.lines}"
                yield f"{name}: lines {first}-{last} are outside the document ({inside}); mend `decides`"
            owner = self.owner("assertion", name, where)
            if owner != where or name in {opinion.id for opinion in self.document.opinions}:
                owner = owner if owner != where else "document.toml"
                yield f"{name} is decided already, by {owner}; decide it once"

    def _requirement_reasons(self, where: str, module: ModuleType) -> Iterator[str]:
        requirements = requirements_of(module)
        if not requirements:
            yield "no requirement: write a test function"
        for requirement in requirements:
            if not requirement.says:
                yield f"{requirement.name}: no sentence; write one as its docstring"
            owner = self.owner("sentence", requirement.says, f"{where}::{requirement.name}")
            if owner != f"{where}::{requirement.name}":
                yield f"{requirement.name}: its sentence is that of {owner}; write its own"


def _ruling_reasons(ruling: Ruling | None) -> Iterator[str]:
    if ruling is None:
        yield "no ruling: give `ruling`, such as Holds()"
        return
    if not isinstance(ruling, Holds) and not ruling.because:
        yield f"{ruling.kind} without a reason: give `because`"
    if isinstance(ruling, HoldsIf | Refuted):
        if not (ruling.correction.en and ruling.correction.zh):
            yield f"{ruling.kind} without a correction in both languages: give `correction=Text(en, zh)`"
        if not ruling.references:
            yield f"{ruling.kind} without a reference: give `references`"
    if isinstance(ruling, HoldsIf):
        yield from _condition_reasons(ruling)
    if isinstance(ruling, Outdated) and not ruling.since:
        yield "OUTDATED without a version: give `since`"


def _condition_reasons(ruling: HoldsIf) -> Iterator[str]:
    if not ruling.condition_says:
        yield f"{ruling.kind} without a condition: give `condition`"
    try:
        _ = ruling.holds_here
    except Exception as error:  # noqa: BLE001 - whatever a probe comes to
        yield f"{ruling.kind} with a condition that cannot be asked ({error!r}): mend its probe"


def _word_reasons(module: ModuleType, claim: Claim) -> Iterator[str]:
    requirements = requirements_of(module)
    words = [requirement.name for requirement in requirements if is_word(requirement)]
    if claim.ruling and claim.ruling.needs_word:
        kind = claim.ruling.kind
        if not words:
            yield f"{kind} without the document's word: mark one requirement with @documents_word"
        if len(words) == len(requirements):
            yield f"{kind} without a verified correction: write a requirement that is not the document's word"
    elif words:
        yield f"{words[0]}: the document's word, but nothing in the ruling denies it; take the mark away"


def _saboteur_reasons(module: ModuleType, claim: Claim) -> Iterator[str]:
    saboteurs = saboteurs_of(module)
    if not saboteurs and not isinstance(claim.ruling, Opinion):
        yield "no saboteur: name one way of breaking this with @saboteur"
    for name, saboteur in saboteurs.items():
        yield from _one_saboteur(name, saboteur, module)


def _one_saboteur(name: str, saboteur: Saboteur, module: ModuleType) -> Iterator[str]:
    caught_by = {requirement.function: requirement for requirement in requirements_of(module)}
    if not saboteur.says:
        yield f"{name}: no sentence; write one as its docstring"
    if saboteur.caught_by not in caught_by:
        yield f"{name}: caught by something that is no requirement of this module; name one"
    elif "::" in caught_by[saboteur.caught_by].name:
        yield f"{name}: caught by a method; make that requirement a function"
    elif saboteur.restores and not is_word(caught_by[saboteur.caught_by]):
        yield f"{name}: restores a world, but is not caught by the document's word; name that one"


def is_word(requirement: Requirement) -> bool:
    """Whether a requirement executes the document's own assertion."""
    return hasattr(requirement.function, "documents_word")
