"""The map of the document on trial: its lines, headings, opinions and context; never its sentences."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MAP = Path(__file__).parents[1] / "document.toml"


@dataclass(frozen=True)
class Heading:
    """One heading of the document; `chapter` names the room of its claims, empty while there is none.

    `en` is the title in English, empty where the title is English itself.
    """

    line: int
    title: str
    chapter: str = ""
    en: str = ""

    @property
    def in_both_languages(self) -> dict[str, str]:
        """The title as records have it; what is one name in both languages stands there once."""
        return {"en": self.en, "zh": self.title} if self.en else {"en": self.title, "zh": ""}


@dataclass(frozen=True)
class ListedOpinion:
    """An assertion that is an opinion with nothing to measure."""

    id: str
    lines: tuple[int, int]
    en: str
    zh: str
    because: str


@dataclass(frozen=True)
class DocumentMap:
    """Everything that `document.toml` says."""

    sha256: str
    lines: int
    headings: tuple[Heading, ...]
    opinions: tuple[ListedOpinion, ...]
    context: tuple[tuple[int, int], ...]

    def heading_at(self, line: int) -> Heading:
        """Return the heading under which a line stands."""
        return self.headings[bisect_right([h.line for h in self.headings], line) - 1]

    def begun_lines(self) -> Iterable[int]:
        """List the lines of every heading whose claims are begun."""
        ends = [*(h.line for h in self.headings[1:]), self.lines + 1]
        for heading, end in zip(self.headings, ends, strict=True):
            if heading.chapter:
                yield from range(heading.line, end)


def as_range(lines: int | tuple[int, int] | list[int] | str) -> tuple[int, int]:
    """Read lines given as one number, a pair, or text such as `9-12`."""
    if isinstance(lines, int):
        return lines, lines
    if isinstance(lines, str):
        first, _, last = lines.partition("-")
        return int(first), int(last or first)
    first_line, last_line = lines
    return first_line, last_line


@cache
def document_map() -> DocumentMap:
    """Read the map that is part of the suite."""
    return read_map(tomllib.loads(MAP.read_text(encoding="utf-8")))


def read_map(data: dict[str, Any]) -> DocumentMap:
    """Build the map from its TOML data."""
    return DocumentMap(
        sha256=data["document"]["sha256"],
        lines=data["document"]["lines"],
        headings=tuple(Heading(**heading) for heading in data["heading"]),
        opinions=tuple(
            ListedOpinion(name, as_range(entry["lines"]), entry["en"], entry["zh"], entry["because"])
            for name, entry in data.get("opinion", {}).items()
        ),
        context=tuple(as_range(part) for entry in data.get("context", []) for part in entry["lines"]),
    )
