"""An opened row lists the claim's requirements and saboteurs, each with how it ended."""

import pytest

from spec.suite.report.parts import row_of
from spec.suite.report.records import CATCHES, OUTCOMES, a_case, a_claim, a_requirement, a_saboteur


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_requirement_shows_its_outcome_and_sentence(outcome):
    """A requirement's line has its outcome as a word, its sentence, and its time."""
    requirement = a_requirement(outcome=outcome, says="Two ids differ.", seconds=0.25, cases=[])
    (line,) = row_of(a_claim(requirements=[requirement])).one("ul", class_="requirements").each("p", class_="line")

    assert line.one("span", class_="v").text
    assert "Two ids differ." in line.text
    assert line.one("span", class_="took").text == "250 ms"


def test_named_cases_are_listed():
    """A requirement with parameters lists each of its cases with its outcome and its reason."""
    cases = [a_case(name="fork"), a_case(name="spawn", outcome="deviates", reason="returned once")]
    listed = row_of(a_claim(requirements=[a_requirement(cases=cases)])).one("ul", class_="cases").each("li")

    assert [item.one("code").text for item in listed] == ["fork", "spawn"]
    assert "returned once" in listed[1].text


def test_the_documents_word_is_marked():
    """The requirement that executes the document's own assertion is marked as that, and no other is."""
    requirements = [
        a_requirement(),
        a_requirement(documents_word=True, outcome="corrected", says="It is copied."),
    ]
    plain, word = row_of(a_claim(requirements=requirements)).one("ul", class_="requirements").each("li")

    assert not plain.each(class_="word")
    assert word.one(class_="word").one("span", class_="en").text == "the document’s word"


@pytest.mark.parametrize("outcome", CATCHES)
def test_a_saboteur_says_what_it_breaks_and_who_catches_it(outcome):
    """A saboteur's line has its outcome, what it breaks, and what the requirement says that catches it."""
    item = row_of(a_claim(saboteurs=[a_saboteur(outcome=outcome)])).one("ul", class_="saboteurs").one("li")

    assert item.one("span", class_="v").text
    assert "The child never comes back from the call." in item.text
    assert "One call of fork returns once in the parent and once in the child." in item.text
