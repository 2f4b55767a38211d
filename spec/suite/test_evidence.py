"""Evidence is small typed values that arrive as they were, whatever text is in them."""

from __future__ import annotations

import json

from hypothesis.strategies import booleans, characters, floats, integers, just, none, text

from spec.support.evidence import Axis, Event, Evidence, Lane, Line, Outcome, Span, Step
from spec.support.properties import for_any

# Lone surrogates, but no pair: JSON would make it one character.
ANY_TEXT = text(characters(exclude_categories=["Cs"]) | just("\ud800"))


def through_json(evidence):
    return json.loads(evidence.as_json())


def test_any_text_crosses_as_ascii():
    """For any text, lone surrogates included, evidence is ASCII on its way and the same text after."""

    @for_any(ANY_TEXT, ANY_TEXT)
    def text_comes_back(title, value):
        evidence = Evidence()
        evidence.figures(title, {value: (value, value)})
        (item,) = through_json(evidence)

        assert evidence.as_json().isascii()
        assert item == {
            "kind": "figures",
            "title": title,
            "rows": [{"name": value, "value": value, "unit": value}],
        }


def test_figures_are_numbers_or_words():
    """For any value, a figure is a finite number as it was, or else its text."""

    @for_any(integers(-(2**53), 2**53) | floats() | booleans() | none() | ANY_TEXT)
    def figure_is_a_number_or_a_word(value):
        evidence = Evidence()
        evidence.figures("values", {"value": value})
        ((row,),) = (item["rows"] for item in json.loads(evidence.as_json(), parse_constant=lambda name: [name]))

        finite = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
        assert row["value"] == (value if finite else str(value))


def test_values_have_units_or_none():
    """A figure is given as a value, or as a value with its unit; its name may be any value."""
    evidence = Evidence()
    evidence.figures("values", {"with": (1.5, "s"), 2: "without"})

    assert through_json(evidence)[0]["rows"] == [
        {"name": "with", "value": 1.5, "unit": "s"},
        {"name": "2", "value": "without", "unit": ""},
    ]


def test_every_kind_keeps_its_parts():
    """Timelines, tallies, interleavings, transcripts and series arrive in order, with all their parts."""
    evidence = Evidence()
    evidence.timeline("who ran when", [Lane("one", [Span("runs", 0.0, 1.0)], [Event("ends", 1.0)])], "ms")
    evidence.tally("what was seen", [Outcome("both", 3, "acceptable", "either may be first")])
    evidence.interleaving("the steps", [Step("b", "x.py:1", "x = 1", "store x"), Step("a", "x.py:2", "x")])
    evidence.transcript("a program", "python x.py", "out", 0)
    evidence.series("cost", Axis("workers"), Axis("time", "s"), [Line("forks", [(1, 2.5)])])

    assert [item["kind"] for item in through_json(evidence)] == [
        "timeline",
        "tally",
        "interleaving",
        "transcript",
        "series",
    ]
    assert through_json(evidence)[0]["lanes"] == [
        {
            "name": "one",
            "spans": [{"label": "runs", "start": 0.0, "end": 1.0}],
            "events": [{"label": "ends", "at": 1.0}],
        }
    ]
    assert through_json(evidence)[2]["threads"] == ["b", "a"]
    assert through_json(evidence)[3]["exit"] == "0"
    assert through_json(evidence)[4]["lines"] == [{"name": "forks", "points": [[1, 2.5]]}]
