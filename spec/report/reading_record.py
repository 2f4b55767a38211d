"""A run record as JSON gives it, read into the values of `model`, or refused with a `RecordError`."""

from collections import Counter
from collections.abc import Iterable

from spec.report import model, model_run
from spec.report.reading import Part, RecordError, as_part, refuse
from spec.report.reading_evidence import read_evidence

SCHEMA = 1


def read_record(record: object) -> model.Record:
    """The record's values, or a `RecordError` when it is none or has another schema than `SCHEMA`."""
    part = as_part(record, "")
    _check_schema(part.fields.get("schema"))
    for name, expected in (("run", "an object"), ("claims", "a list")):
        if name not in part.fields:
            refuse(name, None, expected)
    claims = tuple(map(_claim, part.parts("claims")))
    return model.Record(
        run=_run(part.part("run")),
        totals=_totals(part.part("totals"), claims),
        faults=tuple(map(_fault, part.parts("faults"))),
        opinions=tuple(map(_opinion, part.parts("opinions"))),
        claims=claims,
    )


def _check_schema(schema: object) -> None:
    if isinstance(schema, bool) or not isinstance(schema, int):
        refuse("schema", schema, "a whole number")
    if schema != SCHEMA:
        raise RecordError(f"record has schema {schema}, this report reads {SCHEMA}")


def _run(part: Part) -> model_run.Run:
    return model_run.Run(
        **_texts(part, "id", "interpreter", "drop_in", "start_method", "platform", "started", "command"),
        gil=part.flag("gil"),
        cores=part.whole("cores"),
        seconds=part.number("seconds"),
        partial=part.flag("partial"),
        capabilities=tuple(map(_capability, part.parts("capabilities"))),
        packages=tuple(model_run.Package(**_texts(each, "name", "version")) for each in part.parts("packages")),
    )


def _capability(part: Part) -> model_run.Capability:
    return model_run.Capability(**_texts(part, "name", "reason"), holds=part.flag("holds"))


def _totals(part: Part, claims: Iterable[model.Claim]) -> dict[str, int]:
    counted = Counter(claim.verdict for claim in claims)
    return {verdict: part.whole(verdict) if verdict in part.fields else counted[verdict] for verdict in model.VERDICTS}


def _fault(part: Part) -> model.Fault:
    return model.Fault(**_texts(part, "where", "kind", "says"))


def _opinion(part: Part) -> model.Opinion:
    return model.Opinion(
        **_texts(part, "id", "because", "chapter"),
        heading=part.pair("heading"),
        lines=part.lines("lines"),
        statement=part.pair("statement"),
    )


def _claim(part: Part) -> model.Claim:
    return model.Claim(
        **_texts(part, "id", "chapter", "reason", "repeat"),
        heading=part.pair("heading"),
        statement=part.pair("statement"),
        assertions=tuple(model.Assertion(each.text("id"), each.lines("lines")) for each in part.parts("assertions")),
        ruling=_ruling(part.part("ruling")),
        verdict=part.word("verdict", model.VERDICTS),
        requirements=tuple(map(_requirement, part.parts("requirements"))),
        saboteurs=tuple(map(_saboteur, part.parts("saboteurs"))),
    )


def _ruling(part: Part) -> model.Ruling:
    return model.Ruling(
        **_texts(part, "since", "condition", "because"),
        kind=part.word("kind", model.RULINGS) if part.fields else "",
        probed=part.flag("probed"),
        holds_here=part.flag("holds_here"),
        correction=part.pair("correction"),
        references=part.texts("references"),
    )


def _requirement(part: Part) -> model.Requirement:
    return model.Requirement(
        **_texts(part, "id", "says", "reason"),
        documents_word=part.flag("documents_word"),
        measured=part.flag("measured"),
        outcome=part.word("outcome", model.OUTCOMES),
        seconds=part.number("seconds"),
        cases=tuple(map(_case, part.parts("cases"))),
    )


def _case(part: Part) -> model.Case:
    return model.Case(
        **_texts(part, "name", "reason"),
        outcome=part.word("outcome", model.OUTCOMES),
        seconds=part.number("seconds"),
        evidence=tuple(map(read_evidence, part.parts("evidence"))),
    )


def _saboteur(part: Part) -> model.Saboteur:
    return model.Saboteur(
        **_texts(part, "name", "says", "by", "reason"),
        restores=part.flag("restores"),
        caught=part.flag("caught"),
        outcome=part.word("outcome", model.CATCHES),
    )


def _texts(part: Part, *names: str) -> dict[str, str]:
    return {name: part.text(name) for name in names}
