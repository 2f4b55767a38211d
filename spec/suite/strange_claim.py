"""A claim whose every text is one that no page and no worker expects."""

from __future__ import annotations

STRANGE = "<script>alert('x')</script> \"double\" &amp; nul\x00 esc\x1b[31m bell\x07 lone\ud800 更多 ｜ \u2028end"

EVIDENCE = '''
from spec.support.evidence import Axis, Event, Lane, Line, Outcome, Span, Step

STRANGE = {strange}


def test_shows(evidence):
    """{name}: <script>alert("a sentence")</script> is shown."""
    numbers = {{"figure": 1.5, "none": float("nan"), "all": float("inf")}}
    evidence.figures(STRANGE, {{STRANGE: (STRANGE, STRANGE), **numbers}})
    evidence.timeline(STRANGE, [Lane(STRANGE, [Span(STRANGE, 0, 1)], [Event(STRANGE, 0.5)])], STRANGE)
    evidence.tally(STRANGE, [Outcome(STRANGE, 3, "acceptable", STRANGE)])
    evidence.interleaving(STRANGE, [Step(STRANGE, STRANGE, STRANGE, STRANGE)])
    evidence.transcript(STRANGE, STRANGE, STRANGE, STRANGE)
    evidence.series(STRANGE, Axis(STRANGE, STRANGE), Axis(STRANGE), [Line(STRANGE, [(0, 1), (1, 2)])])
    assert THING == "whole"


def test_fails():
    """{name}: a strange text fails."""
    raise AssertionError(STRANGE)


@pytest.mark.parametrize("text", [STRANGE, "[in brackets]", ""])
def test_each(text):
    """{name}: every text has a case."""
    print("<b>", file=sys.stderr)


def test_skips():
    """{name}: a strange text is a reason."""
    pytest.skip(STRANGE)
'''


def write_strange_claim(trial):
    """Write the claim, whose evidence, cases and reasons have the strange text."""
    trial.claim("strange", EVIDENCE.format(strange=ascii(STRANGE), name="strange"), line=210)
