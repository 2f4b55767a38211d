"""The part of a page that shows one claim, or one piece of evidence."""

from spec.report import render
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_case, a_claim, a_requirement, small_record


def row_of(claim):
    """The row that the page shows for the claim."""
    return read_page(render(small_record(claims=[claim]))).one("details", id=claim["id"])


def drawn(evidence):
    """The figure that the page shows for one piece of evidence."""
    requirement = a_requirement(cases=[a_case(evidence=[evidence])])
    return read_page(render(small_record(claims=[a_claim(requirements=[requirement])]))).one("figure")


def cells(table):
    """The rows of a table's body as lists of texts."""
    return [[cell.text for cell in row.each() if cell.tag in {"th", "td"}] for row in table.one("tbody").each("tr")]
