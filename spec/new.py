"""Writes the skeleton of a claim: `python -m spec.new processes fork-returns-twice`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from spec.support.claimfiles import NO_CHAPTERS, claim_files, claim_id

CLAIMS = Path(__file__).parent

SKELETON = '''\
"""…"""

from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="…",
    decides={},  # assertion -> its line, or (first, last), in the document
    ruling=Holds(),  # or HoldsIf, Outdated, Refuted, Opinion
    needs=[],  # what a runtime must offer; see spec/support/capabilities.py
)


def test_NAME():
    """…"""
    raise NotImplementedError


@saboteur(caught_by=test_NAME)
def what_breaks_it(patch):
    """…"""
    patch.here()
'''


def main(arguments: list[str], claims: Path = CLAIMS) -> int:
    """Write the file and say where it is; say in one line why not, and return 2."""
    if len(arguments) != 2:
        return _refuse("usage: python -m spec.new CHAPTER claim-id")
    chapter, name = arguments
    path = claims / chapter / f"test_{name.replace('-', '_')}.py"
    if reason := _objection(chapter, name, path, claims):
        return _refuse(reason)
    path.write_text(SKELETON.replace("NAME", name.replace("-", "_")), encoding="utf-8")
    shown = path.relative_to(claims.parent)
    print(f"{shown}: fill in what is marked …, then run: pytest {shown}")
    return 0


def _objection(chapter: str, name: str, path: Path, claims: Path) -> str:
    chapters = sorted(
        found.parent.name for found in claims.glob("*/__init__.py") if found.parent.name not in NO_CHAPTERS
    )
    if chapter not in chapters:
        return f"no chapter {chapter}: there are {', '.join(chapters)}"
    if not re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return f"no claim id: {name!r}: give lower-case words joined by hyphens, such as fork-returns-twice"
    if path.exists():
        return f"there is {path.relative_to(claims.parent)} already"
    if taken := [other for other in claim_files(claims) if claim_id(other) == name]:
        return f"{name} is taken by {taken[0].relative_to(claims.parent)}: an id is unique in all chapters"
    return ""


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
