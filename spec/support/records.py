"""The run record: everything that one run observed, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from spec.support.claimfiles import Requirement, claim_id, claim_of, requirements_of, saboteurs_of
from spec.support.claims import Claim, Saboteur, sentence
from spec.support.document import DocumentMap, as_range
from spec.support.observations import Observations, Seen, worst_of
from spec.support.refusals import is_word
from spec.support.rulings import Outdated, Ruling

SCHEMA = 1
VERDICTS = ("CONFIRMED", "CORRECTED", "DEVIATES", "NOT APPLICABLE", "INCONCLUSIVE", "NOT RUN")


def record(
    run: Mapping[str, Any], document: DocumentMap, modules: Mapping[str, ModuleType], observed: Observations
) -> dict[str, Any]:
    """Build the record of the modules, given by file as in node ids; claims are in the document's order."""
    claims = [_claim(file, module, document, observed) for file, module in modules.items()]
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
            "statement": {"en": opinion.en, "zh": opinion.zh},
            "because": opinion.because,
            "chapter": document.heading_at(opinion.lines[0]).chapter,
            "heading": document.heading_at(opinion.lines[0]).in_both_languages,
        }
        for opinion in document.opinions
    ]


def _claim(file: str, module: ModuleType, document: DocumentMap, observed: Observations) -> dict[str, Any]:
    claim = claim_of(module) or Claim()
    requirements = [_requirement(file, requirement, observed) for requirement in requirements_of(module)]
    saboteurs = [_saboteur(file, name, saboteur, observed) for name, saboteur in saboteurs_of(module).items()]
    decided = sorted(((name, as_range(lines)) for name, lines in claim.decides.items()), key=lambda pair: pair[1])
    verdict, reason = _verdict(requirements, saboteurs)
    return {
        "id": claim_id(Path(file)),
        "chapter": Path(file).parent.name,
        "statement": {"en": sentence(module), "zh": claim.zh},
        "heading": document.heading_at(decided[0][1][0]).in_both_languages,
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
        "probed": ruling.probed,
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
        "cases": [_case(name, case) for name, case in cases.items()],
    }


def _case(name: str, case: Seen) -> dict[str, Any]:
    return {
        "name": name,
        "outcome": case.kind,
        "reason": case.reason,
        "seconds": case.seconds,
        "evidence": list(case.evidence),
    }


def _saboteur(file: str, name: str, saboteur: Saboteur, observed: Observations) -> dict[str, Any]:
    worst = worst_of(observed.of(f"{file}::saboteur:{name}").values())
    outcome = "not caught" if worst.fault == "uncaught saboteur" else worst.kind
    return {
        "name": name,
        "says": saboteur.says,
        "by": saboteur.caught_by.__name__,
        "restores": saboteur.restores,
        "caught": outcome == "caught",
        "outcome": outcome,
        "reason": worst.reason,
    }


def _verdict(requirements: Sequence[Mapping[str, Any]], saboteurs: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the first verdict that applies, with its reason."""
    said = {entry["outcome"]: entry["reason"] for entry in reversed(requirements)}
    unproven = {
        entry["outcome"]: f"saboteur {entry['name']}: {entry['reason'] or entry['outcome']}"
        for entry in reversed(saboteurs)
    }
    return next(
        (verdict, told[outcome])
        for verdict, told, outcome in (
            ("DEVIATES", said, "deviates"),
            ("NOT RUN", said, "fault"),
            ("NOT RUN", unproven, "not caught"),
            ("NOT RUN", unproven, "fault"),
            ("NOT RUN", unproven, "not run"),
            ("NOT RUN", said, "not run"),
            ("INCONCLUSIVE", said, "inconclusive"),
            ("INCONCLUSIVE", unproven, "inconclusive"),
            ("CORRECTED", said, "corrected"),
            ("CONFIRMED", said, "confirmed"),
            ("NOT APPLICABLE", said, "not applicable"),
        )
        if outcome in told
    )
