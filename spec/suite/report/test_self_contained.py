"""The page is one file that asks nothing of the network."""

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from spec.report import render
from spec.suite.report.evidences import EVERY_KIND
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_case, a_claim, a_requirement, a_ruling, small_record

ROOT = Path(__file__).parents[3]


def page_with_links():
    """A page with evidence of each kind and references to the web."""
    ruling = a_ruling(kind="REFUTED", references=["PEP 703", "https://docs.python.org/3/"])
    requirement = a_requirement(cases=[a_case(evidence=list(EVERY_KIND))])
    return render(small_record(claims=[a_claim(ruling=ruling, requirements=[requirement])]))


def test_nothing_outside_the_page_is_asked_for():
    """No element names a source outside the page; the only addresses are links that a reader clicks."""
    page = read_page(page_with_links())
    outside = [
        (element.tag, name)
        for element in page.each()
        for name, value in element.attributes.items()
        if name in {"src", "srcset", "href", "data", "action", "poster", "style"}
        and not (value or "").startswith(("#", "data:"))
    ]

    assert outside == [("a", "href")] * 2


def test_the_style_imports_nothing():
    """The style sheet of the page names no address at all."""
    style = read_page(page_with_links()).one("style").raw_text

    assert not re.search(r"url\(|@import|//", style)


def test_the_policy_admits_the_pages_own_style_and_script_alone():
    """The content security policy admits the style and the script of the page, by their hashes, alone."""
    page = read_page(page_with_links())
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    style, script = (
        base64.b64encode(hashlib.sha256(page.one(tag).raw_text.encode()).digest()).decode()
        for tag in ("style", "script")
    )

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{style}'",
        f"script-src 'sha256-{script}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_a_link_tells_the_other_site_nothing():
    """A link out of the page hands over neither the page's address nor its window."""
    links = [link for link in read_page(page_with_links()).each("a") if link.attributes["href"].startswith("http")]

    assert {link.attributes["rel"] for link in links} == {"external noopener noreferrer"}


def test_the_report_needs_only_jinja2():
    """Rendering imports no test runner and no claim: jinja2 and, of the rest of the suite, the values of evidence."""
    program = """if True:
        import sys
        before = set(sys.modules)
        import spec.report
        spec.report.render({"schema": 1, "run": {}, "claims": []})
        named = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(*sorted(name for name in named - set(sys.stdlib_module_names) if name[0] != "_"))
        print(*sorted(name for name in sys.modules if name.startswith("spec.") and ".report" not in name))
    """
    printed = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert printed.splitlines() == ["jinja2 markupsafe spec", "spec.evidence"]
