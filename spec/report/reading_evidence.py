"""Evidence as the record lists it, read into the values of `spec.evidence`."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from spec import evidence as seen
from spec.report.reading import Part, RecordError
from spec.report.visible import visible


def read_evidence(part: Part) -> seen.Item:
    """The evidence that the part holds; a transcript of its JSON when it is of no known kind or shape."""
    try:
        return _READERS[part.text("kind")](part)
    except (KeyError, RecordError):
        return _unknown(part)


def _figures(part: Part) -> seen.Figures:
    rows = (seen.Figure(row.text("name"), row.figure("value"), row.text("unit")) for row in part.parts("rows"))
    return seen.Figures(part.text("title"), tuple(rows))


def _timeline(part: Part) -> seen.Timeline:
    return seen.Timeline(part.text("title"), tuple(map(_lane, part.parts("lanes"))), part.text("unit"))


def _lane(part: Part) -> seen.Lane:
    spans = (seen.Span(span.text("label"), span.number("start"), span.number("end")) for span in part.parts("spans"))
    events = (seen.Event(event.text("label"), event.number("at")) for event in part.parts("events"))
    return seen.Lane(part.text("name"), tuple(spans), tuple(events))


def _tally(part: Part) -> seen.Tally:
    rows = (
        seen.Outcome(row.text("outcome"), row.whole("count"), row.word("grade", seen.GRADES), row.text("says"))
        for row in part.parts("rows")
    )
    return seen.Tally(part.text("title"), tuple(rows))


def _interleaving(part: Part) -> seen.Interleaving:
    steps = tuple(
        seen.Step(
            step.text("thread"),
            step.text("where"),
            step.text("source"),
            step.text("operation"),
            step.whole("lost_to"),
        )
        for step in part.parts("steps")
    )
    named = (*part.texts("threads"), *(step.thread for step in steps))
    return seen.Interleaving(part.text("title"), tuple(dict.fromkeys(named)), steps)


def _transcript(part: Part) -> seen.Transcript:
    return seen.Transcript(part.text("title"), part.text("command"), part.text("text"), part.text("exit"))


def _series(part: Part) -> seen.Series:
    x, y = (seen.Axis(axis.text("name"), axis.text("unit")) for axis in (part.part("x"), part.part("y")))
    lines = (seen.Line(line.text("name"), line.points("points")) for line in part.parts("lines"))
    return seen.Series(part.text("title"), x, y, tuple(lines))


def _unknown(part: Part) -> seen.Transcript:
    written = json.dumps(dict(part.fields), ensure_ascii=False, indent=2, default=repr)
    return seen.Transcript("", "", visible(written), "")


_READERS: Mapping[str, Callable[[Part], seen.Item]] = MappingProxyType(
    {
        "figures": _figures,
        "timeline": _timeline,
        "tally": _tally,
        "interleaving": _interleaving,
        "transcript": _transcript,
        "series": _series,
    }
)
