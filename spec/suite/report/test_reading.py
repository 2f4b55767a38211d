"""A record that cannot be read is answered with one plain line that names the place."""

import pytest

from spec.report import RecordError, render
from spec.report.model import VERDICTS
from spec.suite.report.records import a_claim, small_record


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([], "not a run record: it is [], expected an object"),
        ({}, "not a run record: schema is missing, expected a whole number"),
        ({"schema": "1"}, "not a run record: schema is '1', expected a whole number"),
        ({"schema": 3}, "record has schema 3, this report reads 1"),
        ({"schema": 1}, "not a run record: run is missing, expected an object"),
        ({"schema": 1, "run": {}}, "not a run record: claims is missing, expected a list"),
        (small_record(run=7), "not a run record: run is 7, expected an object"),
        (small_record(claims={}), "not a run record: claims is {}, expected a list"),
        (small_record(claims=[3]), "not a run record: claims[0] is 3, expected an object"),
        (small_record(claims=[a_claim(id=3)]), "not a run record: claims[0].id is 3, expected text"),
        (
            small_record(claims=[a_claim(), a_claim(verdict="MAYBE")]),
            f"not a run record: claims[1].verdict is 'MAYBE', expected one of {', '.join(VERDICTS)}",
        ),
        (
            small_record(claims=[a_claim(assertions=[{"id": "a", "lines": [1]}])]),
            "not a run record: claims[0].assertions[0].lines is [1], expected two line numbers",
        ),
        (small_record(run={"gil": 1}), "not a run record: run.gil is 1, expected true or false"),
        (
            small_record(run={"seconds": 10**400}),
            "not a run record: run.seconds is 'an enormous number', expected one that a float can hold",
        ),
        (small_record(run={"seconds": "long"}), "not a run record: run.seconds is 'long', expected a number"),
    ],
    ids=lambda value: value.removeprefix("not a run record: ")[:40] if isinstance(value, str) else "",
)
def test_a_bad_record_is_named(record, message):
    """What is wrong with a record is said in one line, with its place, its value and what was expected."""
    with pytest.raises(RecordError) as refused:
        render(record)

    assert str(refused.value) == message


def test_a_long_value_is_cut_in_the_message():
    """A value that is not what was expected is cut where it would make the message long."""
    with pytest.raises(RecordError) as refused:
        render(small_record(run="\ud800" * 1000))

    assert len(str(refused.value)) < 120


def test_what_is_missing_reads_as_empty():
    """A record without anything but its schema, its run and its claims makes a page."""
    assert "This record holds no claim." in render({"schema": 1, "run": {}, "claims": []})


def test_what_is_unknown_is_ignored():
    """Fields that this report does not know leave its page as it is."""
    assert render(small_record(novelty=[1, 2])) == render(small_record())


def test_a_record_is_left_as_it_was():
    """Rendering changes nothing in the record."""
    record = small_record()
    render(record)

    assert record == small_record()
