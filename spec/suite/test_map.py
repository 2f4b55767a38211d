"""The map of the document names its headings, its opinions and what asserts nothing, each by its lines."""

from __future__ import annotations

import re
import tomllib

import pytest

from spec.suite.trials import ROOT
from spec.support.document import MAP, as_range, document_map, read_map

CLAIMS = ROOT / "spec"


def test_the_map_is_of_one_document():
    """The map names its document by a SHA-256 checksum and its number of lines."""
    assert re.fullmatch("[0-9a-f]{64}", document_map().sha256)
    assert document_map().lines == 725


def test_headings_are_in_order_and_begin_at_the_beginning():
    """Headings have ascending lines within the document, the first one its first line."""
    lines = [heading.line for heading in document_map().headings]

    assert lines[0] == 1
    assert lines == sorted(set(lines))
    assert lines[-1] <= document_map().lines
    assert all(heading.title for heading in document_map().headings)


def test_every_heading_has_an_english_name_of_its_own():
    """The report can call each heading by an English name: its translation, or its title where that is English."""
    names = [heading.in_both_languages["en"] for heading in document_map().headings]

    assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


def test_chapters_are_folders():
    """A heading's chapter is a package beside the map."""
    chapters = {heading.chapter for heading in document_map().headings if heading.chapter}

    assert {chapter for chapter in chapters if not (CLAIMS / chapter / "__init__.py").is_file()} == set()


def test_what_is_not_claimed_has_its_reason():
    """Every opinion and every stretch of context is within the document and says why."""
    data = tomllib.loads(MAP.read_text(encoding="utf-8"))
    ranges = [*document_map().context, *(opinion.lines for opinion in document_map().opinions)]

    assert all(entry["because"] for entry in (*data["context"], *data["opinion"].values()))
    assert all(entry["en"] and entry["zh"] for entry in data["opinion"].values())
    assert all(1 <= first <= last <= document_map().lines for first, last in ranges)


@pytest.fixture
def small():
    """A map of a document of ten lines with three headings, of which the second is begun."""
    headings = [
        {"line": 1, "title": "a"},
        {"line": 4, "title": "b", "chapter": "threads"},
        {"line": 8, "title": "c"},
    ]
    context = [{"because": "blank", "lines": ["2", "5-6"]}]
    return read_map({"document": {"sha256": "", "lines": 10}, "heading": headings, "context": context})


@pytest.mark.parametrize(("line", "title"), [(1, "a"), (3, "a"), (4, "b"), (7, "b"), (8, "c"), (10, "c")])
def test_a_line_stands_under_the_last_heading_before_it(line, title, small):
    """A line belongs to the heading on it, or to the last one above."""
    assert small.heading_at(line).title == title


def test_a_begun_heading_reaches_to_the_next(small):
    """The lines of a heading with a chapter are its own and all up to the next heading."""
    assert list(small.begun_lines()) == [4, 5, 6, 7]
    assert small.context == ((2, 2), (5, 6))


@pytest.mark.parametrize(
    ("lines", "expected"), [(7, (7, 7)), ((7, 9), (7, 9)), ([7, 9], (7, 9)), ("7", (7, 7)), ("7-9", (7, 9))]
)
def test_lines_are_given_as_a_number_a_pair_or_text(lines, expected):
    """One line, a first and a last, or either as text mean a range."""
    assert as_range(lines) == expected
