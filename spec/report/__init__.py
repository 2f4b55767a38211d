"""Run records in, one self-contained HTML page out.

It reads the record and nothing else: no claim is imported and no test is run, so a page can be made on a
machine where the suite itself could not run.
"""

from spec.report.reading import RecordError
from spec.report.render import render, write

__all__ = ["RecordError", "render", "write"]
