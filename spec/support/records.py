"""The run record: everything that one run observed, as plain data."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from spec.support.claimfiles import Requirement, claim_id, claim_of, requirements_of, saboteurs_of
from spec.support.claims import Claim, Outdated, Ruling, Saboteur, sentence
from spec.support.document import DocumentMap, as_range
from spec.support.refusals import is_word

SCHEMA = 1
WORST_FIRST = ("deviates", "fault", "not run", "inconclusive", "corrected", "confirmed", "not applicable")
VERDICTS = ("CONFIRMED", "CORRECTED", "DEVIATES", "NOT APPLICABLE", "INCONCLUSIVE", "NOT RUN")


@dataclass(frozen=True)
class Seen:
    """How one item ended."""

    kind: str
    reason: str = ""
    seconds: float = 0.0
    evidence: Sequence[Any] = ()


@dataclass(frozen=True)
class Fault:
    """Something wrong with the suite, not with the runtime."""

    where: str
    kind: str
    says: str


@dataclass
class Observations:
    """What a run saw: items by node id, faults, and which items each module defines."""

    seen: dict[str, Seen] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    defined: dict[str, list[str]] = field(default_factory=dict)

    def of(self, base: str) -> dict[str, Seen]:
        """Return what was seen of one requirement or saboteur, by case; a case not seen was not run."""
        known = dict.fromkeys([*self.defined.get(base.partition("::")[0], ()), *self.seen])
        cases = [i for i in known if i == base or i.startswith(base + "[")]
        return {case[len(base) :].strip("[]"): self.seen.get(case, Seen("not run")) for case in cases} or {
            "": Seen("not run")
        }


def record(
    run: Mapping[str, Any], document: DocumentMap, modules: Iterable[tuple[Path, ModuleType]], observed: Observations, root: Path
) -> dict[str, Any]:
    """Build the run record, its claims in the document's order."""
    claims = [
        _claim(path, module, claim, document, observed, root) for path, module in modules if (claim := claim_of(module))
    ]
    claims.sort(key=lambda entry: (entry["assertions"][0]["lines"], entry["id"]))
    verdicts = [claim["verdict"] for claim in claims]
    return {
        "schema": SCHEMA,
        "run": dict(run),
        "totals": {verdict: verdicts.count(verdict) for verdict in VERDICTS},
        "faults": [asdict(fault) for fault in observed.faults],
        "opinions": _opinions(document),
        "claims": claims,
    }


def _opinions(document: DocumentMap) -> list[dict[str, Any]]:
    return [
        {
            "id": opinion.id,
            "lines": list(opinion.lines),
            "because": opinion.because,
            "chapter": document.heading_at(opinion.lines[0]).chapter,
            "heading": document.heading_at(opinion.lines[0]).title,
        }
        for opinion in document.opinions
    ]


def _claim(  # noqa: PLR0913 - one entry needs all of it
    path: Path, module: ModuleType, claim: Claim, document: DocumentMap, observed: Observations, root: Path
) -> dict[str, Any]:
    file = path.relative_to(root).as_posix()
    requirements = [_requirement(file, requirement, observed) for requirement in requirements_of(module)]
    saboteurs = [_saboteur(file, name, saboteur, observed) for name, saboteur in saboteurs_of(module).items()]
    decided = sorted(((name, as_range(lines)) for name, lines in claim.decides.items()), key=lambda pair: pair[1])
    verdict, reason = _verdict(requirements, saboteurs)
    return {
        "id": claim_id(path),
        "chapter": path.parent.name,
        "statement": {"en": sentence(module), "zh": claim.zh},
        "heading": document.heading_at(decided[0][1][0]).title,
        "assertions": [{"id": name, "lines": list(lines)} for name, lines in decided],
        "ruling": _ruling(claim.ruling) if claim.ruling else {},
        "verdict": verdict,
        "reason": reason,
        "requirements": requirements,
        "saboteurs": saboteurs,
        "repeat": f"pytest {file}",
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "kind": ruling.kind,
        "since": ruling.since if isinstance(ruling, Outdated) else "",
        "condition": ruling.condition_says,
        "holds_here": ruling.holds_here,
        "because": ruling.because,
        "correction": asdict(ruling.correction),
        "references": list(ruling.references),
    }


def _requirement(file: str, requirement: Requirement, observed: Observations) -> dict[str, Any]:
    base = f"{file}::{requirement.name}"
    cases = observed.of(base)
    worst = worst_of(cases.values())
    return {
        "id": base,
        "says": requirement.says,
        "documents_word": is_word(requirement),
        "measured": hasattr(requirement.function, "measured"),
        "outcome": worst.kind,
        "reason": worst.reason,
        "seconds": round(sum(case.seconds for case in cases.values()), 4),
        "cases": [
            {"name": name, "outcome": case.kind, "reason": case.reason, "seconds": case.seconds, "evidence": list(case.evidence)}
            for name, case in cases.items()
        ],
    }


def _saboteur(file: str, name: str, saboteur: Saboteur, observed: Observations) -> dict[str, Any]:
    worst = worst_of(observed.of(f"{file}::saboteur:{name}").values())
    outcome = "not caught" if worst.kind == "fault" and "under sabotage" in worst.reason else worst.kind
    return {
        "name": name,
        "says": saboteur.says,
        "by": saboteur.caught_by.__name__,
        "restores": saboteur.restores,
        "caught": outcome == "caught",
        "outcome": outcome,
        "reason": worst.reason,
    }


def worst_of(cases: Iterable[Seen]) -> Seen:
    """Return the case that decides a requirement."""
    return min(cases, key=lambda case: WORST_FIRST.index(case.kind) if case.kind in WORST_FIRST else len(WORST_FIRST))


def _verdict(requirements: Sequence[Mapping[str, Any]], saboteurs: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the first verdict that applies, with its reason."""
    by_outcome = {entry["outcome"]: entry["reason"] for entry in reversed(requirements)}
    untold = [entry for entry in saboteurs if entry["outcome"] in ("not run", "not caught", "fault")]
    if "deviates" in by_outcome:
        return "DEVIATES", by_outcome["deviates"]
    if "fault" in by_outcome:
        return "NOT RUN", by_outcome["fault"]
    if "not run" in by_outcome or untold:
        return "NOT RUN", "" if not untold else f"saboteur {untold[0]['name']}: {untold[0]['reason'] or 'not run'}"
    for outcome in ("inconclusive", "corrected", "confirmed", "not applicable"):
        if outcome in by_outcome:
            return outcome.upper(), by_outcome[outcome]
    raise ValueError(f"no outcome among {sorted(by_outcome)}")


def write_atomically(path: Path, text: str) -> None:
    """Replace a file as a whole, so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def as_text(entry: Mapping[str, Any]) -> str:
    """Write a record as ASCII JSON, whatever characters a runtime came up with."""
    return json.dumps(entry, indent=1) + "\n"
