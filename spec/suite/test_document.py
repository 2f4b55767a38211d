"""Every line of the document's begun headings belongs to a claim, or to an opinion, or asserts nothing."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest

from spec.suite.trials import ROOT
from spec.support.claimfiles import claim_files, claim_of, load
from spec.support.collecting import welcome_modules
from spec.support.document import as_range, document_map

CLAIMS = ROOT / "spec"


@pytest.fixture(scope="module")
def claims():
    """Every claim of the suite, by its file, refused or not."""
    modules = {path: load(path, CLAIMS) for path in claim_files(CLAIMS)}
    return {
        path.relative_to(CLAIMS).as_posix(): claim for path, module in modules.items() if (claim := claim_of(module))
    }


@pytest.fixture(scope="module")
def claimed(claims):
    """The lines that claims decide."""
    return lines_of(lines for claim in claims.values() for lines in claim.decides.values())


def lines_of(ranges):
    return {line for lines in ranges for line in range(as_range(lines)[0], as_range(lines)[1] + 1)}


def told(lines):
    """Tell lines as ranges, `7, 9-12`, with the heading under which each stands."""
    stretches = (list(run) for _, run in groupby(enumerate(sorted(lines)), lambda pair: pair[1] - pair[0]))
    ends = [(stretch[0][1], stretch[-1][1]) for stretch in stretches]
    return [
        f"{first if first == last else f'{first}-{last}'} ({document_map().heading_at(first).title})"
        for first, last in ends
    ]


def test_every_begun_line_belongs_to_something(claimed):
    """Each line under a begun heading is claimed, or listed as an opinion, or as asserting nothing."""
    opinions = lines_of(opinion.lines for opinion in document_map().opinions)
    uncovered = set(document_map().begun_lines()) - claimed - opinions - lines_of(document_map().context)

    assert not uncovered, f"lines that belong to nothing: {', '.join(told(uncovered))}"


def test_no_line_both_asserts_and_asserts_nothing(claimed):
    """A line that asserts nothing is decided by no claim, and is no opinion."""
    opinions = lines_of(opinion.lines for opinion in document_map().opinions)
    both = lines_of(document_map().context) & (claimed | opinions)

    assert not both, f"lines that assert and do not: {', '.join(told(both))}"


def test_no_line_asserts_nothing_twice():
    """Every stretch that asserts nothing is listed once."""
    listed = Counter(line for lines in document_map().context for line in lines_of([lines]))

    assert [line for line, times in listed.items() if times > 1] == []


def test_no_assertion_is_decided_twice(claims):
    """An assertion belongs to one claim, or to the list of opinions."""
    names = [name for claim in claims.values() for name in claim.decides] + [
        each.id for each in document_map().opinions
    ]

    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_claims_stand_in_the_chapter_of_their_lines(claims):
    """A claim's folder is the chapter of the heading under which its assertions stand."""
    strangers = {
        file: (name, document_map().heading_at(as_range(lines)[0]).title)
        for file, claim in claims.items()
        for name, lines in claim.decides.items()
        if document_map().heading_at(as_range(lines)[0]).chapter != file.split("/")[0]
    }

    assert strangers == {}


def test_no_claim_is_refused(claims):
    """Every claim module of the suite is welcome."""
    assert {file.removeprefix("spec/") for file in welcome_modules(CLAIMS, ROOT)} == set(claims)


def test_lines_that_belong_to_nothing_are_told_as_ranges():
    """What is not covered is told in ranges with the heading of each."""
    first, second = document_map().headings[:2]

    assert told({2, 3, 4, 9, second.line}) == [
        f"2-4 ({first.title})",
        f"9 ({first.title})",
        f"{second.line} ({second.title})",
    ]
