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


def test_a_heading_stands_in_both_languages():
    """A heading of the document stands in its own words and in English, here and in the contents."""
    claims = [
        a_claim(heading={"en": "Processes", "zh": "多进程"}),
        a_claim(id="two", heading={"en": "multiprocessing.Pool", "zh": ""}),
    ]
    page = read_page(render(small_record(claims=claims)))
    expected = [[("Processes", "en"), ("多进程", "zh")], [("multiprocessing.Pool", "en")]]
    headings = [shown_by(group.one("h3")) for group in page.each(class_="group")]

    assert [shown[: len(names)] for shown, names in zip(headings, expected, strict=True)] == expected
    assert [shown_by(item.one("a")) for item in page.one("nav").each("li")[-2:]] == expected


def shown_by(element):
    return [(span.text, span.attributes["lang"]) for span in element.each("span") if "lang" in span.attributes]


def test_a_bare_heading_is_marked_with_its_language():
    """A heading that a record has in one language only is marked with that language."""
    page = read_page(render(small_record(claims=[a_claim(heading="多进程"), a_claim(id="two", heading="Lock")])))

    assert [shown_by(group.one("h3"))[0] for group in page.each(class_="group")] == [("多进程", "zh"), ("Lock", "en")]
