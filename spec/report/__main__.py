"""`python -m spec.report RECORD.json -o OUT.html`: the page of a run record, without running anything."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from spec.report.reading import RecordError
from spec.report.render import write

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page and print where it is; the exit code, and one line on standard error if it is not 0."""
    asked = _parser().parse_args(arguments)
    html_path = asked.output or asked.record.with_suffix(".html")
    try:
        print(write(asked.record, html_path))  # noqa: T201 (the answer of the command)
    except RecordError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"cannot write {html_path}: {error.strerror or error}")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m spec.report", description="Render a run record as one HTML page.")
    parser.add_argument(
        "record", type=Path, metavar="RECORD.json", help="the record of a run, as reports/runs/ keeps them"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT.html", help="where to write; beside the record unless told"
    )
    return parser


def _refuse(message: str) -> int:
    line = " ".join(message.split())
    print("spec.report:", line.encode("ascii", "backslashreplace").decode("ascii"), file=sys.stderr)  # noqa: T201 (the error of the command)
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
