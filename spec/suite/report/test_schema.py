"""The schema of run records admits a complete record and refuses a broken one."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from spec.suite.report.evidences import EVERY_KIND
from spec.suite.report.records import (
    CATCHES,
    OUTCOMES,
    RULINGS,
    VERDICTS,
    a_case,
    a_claim,
    a_requirement,
    a_ruling,
    a_saboteur,
    an_opinion,
    small_record,
)

fastjsonschema = pytest.importorskip("fastjsonschema")

SCHEMA = json.loads((Path(__file__).parents[2] / "support" / "record.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def check():
    """What accepts a valid record and raises for any other."""
    return fastjsonschema.compile(SCHEMA)


def full_record():
    """A record with every verdict, ruling, outcome and kind of evidence."""
    requirements = [a_requirement(outcome=outcome) for outcome in OUTCOMES]
    requirements.append(a_requirement(cases=[a_case(evidence=deepcopy(list(EVERY_KIND)))]))
    saboteurs = [a_saboteur(outcome=outcome, caught=outcome == "caught") for outcome in CATCHES]
    claims = [a_claim(verdict=verdict, requirements=requirements, saboteurs=saboteurs) for verdict in VERDICTS]
    claims += [a_claim(ruling=a_ruling(kind=kind)) for kind in RULINGS]
    opinions = [an_opinion()]
    return small_record(claims=claims, opinions=opinions, faults=[{"where": "a.py", "kind": "crash", "says": ""}])


def test_a_complete_record_is_admitted(check):
    """A record with every verdict, ruling, outcome and kind of evidence is admitted."""
    check(full_record())


BROKEN = {
    "an unknown schema": lambda record: record.update(schema=2),
    "an unknown field": lambda record: record.update(novelty=1),
    "an unknown verdict": lambda record: record["claims"][0].update(verdict="MAYBE"),
    "an unknown ruling": lambda record: record["claims"][0]["ruling"].update(kind="PERHAPS"),
    "a missing statement": lambda record: record["claims"][0].pop("statement"),
    "a language too few": lambda record: record["claims"][0]["statement"].pop("zh"),
    "one line number": lambda record: record["claims"][0]["assertions"][0].update(lines=[39]),
    "a missing total": lambda record: record["totals"].pop("NOT RUN"),
    "an unknown fault": lambda record: record["faults"][0].update(kind="surprise"),
    "a field too many in a case": lambda record: record["claims"][0]["requirements"][0]["cases"][0].update(more=1),
    "evidence of no kind": lambda record: record["claims"][0]["requirements"][-1]["cases"][0]["evidence"][0].pop(
        "kind"
    ),
}


@pytest.mark.parametrize("breaks", BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_refused(breaks, check):
    """A record with one thing wrong about it is refused."""
    record = deepcopy(full_record())
    breaks(record)

    with pytest.raises(fastjsonschema.JsonSchemaException):
        check(record)


def objects(schema):
    """Every part of the schema that describes an object."""
    if isinstance(schema, dict):
        yield from [schema] if schema.get("type") == "object" else []
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_no_object_admits_what_it_does_not_name():
    """Every object of the schema admits the fields that it names and no others."""
    assert all(part["additionalProperties"] is False for part in objects(SCHEMA))
