"""What a runtime can do is found out by trying, once a process, and what it cannot comes with the reason."""

from __future__ import annotations

import sys

import pytest

from spec.support import Condition, capabilities
from spec.support.capabilities import before, program_answers, refusal_of


def test_a_condition_is_probed_once():
    """A condition that is asked again answers as before, and its probe has run once."""
    answers = iter(["it cannot", ""])
    condition = Condition("it can", lambda: next(answers))

    assert not condition.holds
    assert condition.reason == "it cannot"
    assert not condition.holds


def test_a_condition_without_a_reason_against_it_holds():
    """An empty answer of the probe means that the sentence is true here."""
    assert Condition("it can", str).holds


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("", ""),
        ("raise OSError('no such thing here')", "OSError: no such thing here"),
        ("import sys; sys.exit(3)", "exit status 3"),
    ],
    ids=["works", "raises", "exits"],
)
def test_trying_tells_the_last_line_of_the_error(program, reason):
    """A few lines that are tried in an interpreter of their own tell the error in which they end, or nothing."""
    assert refusal_of(program) == reason


def test_a_program_that_is_not_there_cannot_be_started():
    """The condition for an external program names the program, and says what starting it came to."""
    missing = program_answers("no-such-program", "--version")

    assert missing.says == "the program no-such-program can be started"
    assert "no-such-program" in missing.reason
    assert program_answers(sys.executable, "-c", "").holds


def test_a_version_is_compared_with_this_ones():
    """A condition on the version holds below the named one, and names this one where it does not."""
    assert before(99).holds
    assert before(3, 99).says == "Python is older than 3.99"
    assert not before(3, 0).holds
    assert before(3, 0).reason == f"this is Python {sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize("capability", capabilities.ALL, ids=lambda condition: condition.says)
def test_what_is_asked_of_every_runtime_is_a_sentence(capability):
    """Each capability in the run record is a sentence that holds, or has a reason why not."""
    assert capability.says
    assert capability.holds == (capability.reason == "")
