"""In a browser the page filters itself, opens what its address names, and reports no error."""

import re
import shutil
import subprocess

import pytest

from spec.report import write
from spec.suite.report.evidences import EVERY_KIND
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_case, a_claim, a_requirement, a_ruling, small_record

CHROMIUM = "chromium"
PATIENCE = 50

pytestmark = pytest.mark.slow(reason="starts a browser")


def load(address, profile):
    """The document after its script ran, and the browser's log."""
    quiet = (
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
    )
    ended = subprocess.run(
        [
            CHROMIUM,
            *(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--virtual-time-budget=2000",
            ),
            *(*quiet, f"--user-data-dir={profile}", "--window-size=1280,1000", "--dump-dom", address),
        ],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace")


def why_no_browser(profile):
    """Why no browser answers here; empty when one does."""
    if not shutil.which(CHROMIUM):
        return f"{CHROMIUM} is not installed"
    try:
        dumped, log = load("data:text/html,<p>here</p>", profile)
    except subprocess.TimeoutExpired:
        return f"{CHROMIUM} does not answer within {PATIENCE} s"
    return "" if "here" in dumped else f"{CHROMIUM} does not render: {log[-200:]}"


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """A directory for the browser's own files; without a browser that answers, the reason to skip."""
    directory = tmp_path_factory.mktemp("profile")
    if reason := why_no_browser(directory):
        pytest.skip(reason)
    return directory


@pytest.fixture(scope="module")
def page_address(tmp_path_factory):
    """The address of a page with three rows and all kinds of evidence."""
    evidence = a_requirement(cases=[a_case(evidence=list(EVERY_KIND))])
    claims = [
        a_claim(requirements=[evidence]),
        a_claim(id="pool-waits", verdict="DEVIATES", chapter="threads", heading="Pool"),
        a_claim(id="two-loops", verdict="CORRECTED", ruling=a_ruling(kind="REFUTED"), heading="GIL"),
    ]
    return write(small_record(claims=claims), tmp_path_factory.mktemp("page") / "page.html").as_uri()


@pytest.fixture
def opened(page_address, profile):
    """What opens the page at a fragment, and gives what a reader then finds."""

    def open_at(fragment):
        dumped, log = load(page_address + fragment, profile)
        assert not re.findall(r".*CONSOLE.*", log)
        return read_page(dumped)

    return open_at


def shown(page):
    """The ids of the rows that are not hidden."""
    return [row.attributes["id"] for row in page.each(class_="row") if not row.has(hidden=True)]


def test_the_page_comes_up_without_an_error(opened):
    """The page shows its filters and all its rows, in one language, and the browser reports nothing."""
    page = opened("")

    assert shown(page) == ["fork-returns-twice", "pool-waits", "two-loops"]
    assert not page.one("form", class_="filters").has(hidden=True)
    assert page.one("html").attributes["data-language"] in {"en", "zh"}
    assert page.one("output").text == "3 / 3"


@pytest.mark.parametrize(
    ("fragment", "rows"),
    [
        ("#?verdict=DEVIATES", ["pool-waits"]),
        ("#?verdict=DEVIATES.CORRECTED", ["pool-waits", "two-loops"]),
        ("#?ruling=REFUTED", ["two-loops"]),
        ("#?chapter=threads", ["pool-waits"]),
        ("#?q=WITHDRAWAL+lost", ["fork-returns-twice"]),
        ("#?q=nowhere", []),
    ],
    ids=["verdict", "verdicts", "ruling", "chapter", "text", "nothing"],
)
def test_an_address_restores_its_filters(fragment, rows, opened):
    """The filters that an address names are set when the page is opened there."""
    page = opened(fragment)

    assert shown(page) == rows
    assert page.one(class_="nothing").has(hidden=True) == bool(rows)


def test_a_permalink_opens_its_row(opened):
    """The row that an address names is open, even where the filters leave it out, and no other is."""
    page = opened("#pool-waits?verdict=CORRECTED")

    assert [row.attributes["id"] for row in page.each("details", class_="row") if row.has(open=True)] == ["pool-waits"]
    assert shown(page) == ["pool-waits", "two-loops"]


def test_an_address_names_the_language(opened):
    """The page speaks the language that its address names."""
    page = opened("#?lang=zh")

    assert page.one("html").has(lang="zh", data_language="zh")
    assert [each.text for each in page.each("option") if each.has(value="REFUTED")] == ["不成立"]
