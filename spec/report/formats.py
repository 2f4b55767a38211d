"""Values as the page writes them: durations, figures, line numbers, anchors, references."""

import math
import re
from dataclasses import dataclass
from urllib.parse import quote

from spec.report.bilingual import Bilingual, catalogue

_PEP = re.compile(r"PEP[ -]?(\d{1,4})", re.IGNORECASE)
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?")
_WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited; `address` is empty when it is nothing that a browser should open."""

    text: str
    address: str


def reference(text: str) -> Reference:
    """A PEP or a web page as a link; anything else as its text."""
    if found := _PEP.fullmatch(text):
        return Reference(text, f"https://peps.python.org/pep-{int(found[1]):04}/")
    if _WEB.fullmatch(text):
        return Reference(text.partition("//")[2].removesuffix("/"), text)
    return Reference(text, "")


def duration(seconds: float) -> str:
    """Seconds in the unit in which they are read most easily: `340 µs`, `12 ms`, `1.52 s`, `2 min 5 s`."""
    if not math.isfinite(seconds):
        return f"{seconds} s"
    if seconds >= 60:
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes} min {rest} s"
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 or not seconds else f"{seconds * 1e6:.3g} µs"


def figure(value: str | float) -> str:
    """A number without the digits that nobody reads, long whole numbers in groups of three; text as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return grouped(int(value))
    return f"{value:.6g}"


def grouped(value: int) -> str:
    """A whole number in groups of three, parted by narrow spaces that do not break."""
    return f"{value:,}".replace(",", "\u202f") if abs(value) >= 10_000 else str(value)


def span_of_lines(lines: tuple[int, int]) -> Bilingual:
    """One line number, or the first and the last with a dash between them."""
    first, last = lines
    words = catalogue()["claim"]
    if first == last:
        return words["line"].filled(str(first))
    return words["lines"].filled(f"{first}\N{EN DASH}{last}")


def anchor(identifier: str) -> str:
    """The fragment that leads to the element of this id."""
    return "#" + quote(identifier, safe="-._~", errors="backslashreplace")


def slug(word: str) -> str:
    """A verdict or an outcome as part of a class name: `NOT RUN` is `not-run`."""
    return word.lower().replace(" ", "-").replace("_", "-")


def moment(started: str) -> str:
    """An ISO moment with the `T` and the fraction of a second left out."""
    return _MOMENT.sub(r"\1 \2", started).replace("+00:00", " UTC")
