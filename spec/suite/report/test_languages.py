"""The page speaks English and Chinese, and hides neither from a reader without a script."""

import pytest

from spec.report import render
from spec.report.bilingual import catalogue
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_claim, small_record


@pytest.mark.parametrize("section", catalogue())
def test_every_word_of_the_page_has_both_languages(section):
    """No word of the page itself is missing in English or in Chinese."""
    assert all(pair.en and pair.zh for pair in catalogue()[section].values())


def test_a_statement_stands_in_both_languages():
    """A statement is in the page in English and in Chinese, each marked as what it is."""
    statement = read_page(render(small_record())).one("details", id="fork-returns-twice").each(class_="statement")[0]

    assert statement.one("span", lang="en").text == "A single call comes back in two processes."
    assert statement.one("span", lang="zh").text == "调用只有一次，却在两个进程里各返回一次。"


@pytest.mark.parametrize(
    ("statement", "language", "text"),
    [
        ({"en": "Only English.", "zh": ""}, "en", "Only English."),
        ({"en": "", "zh": "只有中文。"}, "zh", "只有中文。"),
    ],
    ids=["English", "Chinese"],
)
def test_a_text_in_one_language_is_never_hidden(statement, language, text):
    """A text that exists in one language has neither of the classes by which the switch hides."""
    page = read_page(render(small_record(claims=[a_claim(statement=statement)])))
    (only,) = page.one("details", id="fork-returns-twice").each(class_="statement")[0].children

    assert (only.text, only.attributes) == (text, {"lang": language})


def test_no_language_is_chosen_without_a_script():
    """The page as written chooses no language, so that both are read where no script runs."""
    page = read_page(render(small_record()))

    assert "data-language" not in page.one("html").attributes
    assert page.one(class_="switches").has(hidden=True)


def test_a_heading_is_marked_with_its_language():
    """A heading of the document is marked as Chinese where it is written in Chinese."""
    claims = [a_claim(), a_claim(id="two", heading="multiprocessing.Pool")]
    headings = [
        group.one("h3").each("span")[0] for group in read_page(render(small_record(claims=claims))).each(class_="group")
    ]

    assert [(heading.text, heading.attributes["lang"]) for heading in headings] == [
        ("多进程", "zh"),
        ("multiprocessing.Pool", "en"),
    ]
