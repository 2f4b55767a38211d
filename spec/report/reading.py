"""Careful reading of JSON whose shape nobody has checked yet.

What is missing reads as empty and what is unknown is ignored; what has another type, or is a word out of
another list, is a `RecordError` that names the place: `not a run record: claims[3].verdict is 'MAYBE',
expected one of CONFIRMED, …`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from spec.report.bilingual import Bilingual, language_of
from spec.report.visible import visible

MOST_BITS = 1000
Word = TypeVar("Word", bound=str)


class RecordError(ValueError):
    """What was handed in is not a run record that this report can read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One object of the record, and where in the record it stands."""

    fields: Mapping[str, object]
    path: str

    def text(self, name: str) -> str:
        """The text under `name`, made visible; empty if there is none."""
        value = self.fields.get(name)
        if value is None:
            return ""
        return visible(value) if isinstance(value, str) else self._refuse(name, value, "text")

    def word(self, name: str, words: Collection[Word]) -> Word:
        """The text under `name`, which is one of `words`."""
        value = self.fields.get(name)
        for word in words:
            if word == value:
                return word
        return self._refuse(name, value, f"one of {', '.join(words)}")

    def number(self, name: str) -> float:
        """The number under `name`; zero if there is none."""
        return self._as_number(name, self.fields.get(name, 0))

    def whole(self, name: str) -> int:
        """The whole number under `name`; zero if there is none."""
        value = self.fields.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            self._refuse(name, value, "a whole number")
        return value

    def flag(self, name: str) -> bool:
        """The truth under `name`; false if there is none."""
        value = self.fields.get(name, False)
        return value if isinstance(value, bool) else self._refuse(name, value, "true or false")

    def figure(self, name: str) -> str | float:
        """The number or the text under `name`."""
        value = self.fields.get(name, "")
        return self.text(name) if isinstance(value, str) else self._as_number(name, value)

    def pair(self, name: str) -> Bilingual:
        """The text under `name` in both languages; a bare text is in the one that it is written in."""
        value = self.fields.get(name)
        if isinstance(value, str):
            return Bilingual("", visible(value)) if language_of(value) == "zh" else Bilingual(visible(value), "")
        both = self.part(name)
        return Bilingual(both.text("en"), both.text("zh"))

    def part(self, name: str) -> "Part":
        """The object under `name`; an empty one if there is none."""
        return as_part(self.fields.get(name) or {}, self._place(name))

    def parts(self, name: str) -> "list[Part]":
        """The objects listed under `name`."""
        place = self._place(name)
        return [as_part(value, f"{place}[{at}]") for at, value in enumerate(self._items(name))]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts listed under `name`."""
        listed = Part({str(at): value for at, value in enumerate(self._items(name))}, self._place(name))
        return tuple(listed.text(at) for at in listed.fields)

    def points(self, name: str) -> tuple[tuple[float, float], ...]:
        """The pairs of numbers listed under `name`."""
        return tuple(self._point(name, value) for value in self._items(name))

    def lines(self, name: str) -> tuple[int, int]:
        """The first and the last line under `name`."""
        value = self.fields.get(name)
        if not isinstance(value, list) or len(value) != 2 or not all(type(line) is int for line in value):
            self._refuse(name, value, "two line numbers")
        return value[0], value[1]

    def _point(self, name: str, value: object) -> tuple[float, float]:
        if not isinstance(value, list) or len(value) != 2:
            self._refuse(name, value, "pairs of numbers")
        return self._as_number(name, value[0]), self._as_number(name, value[1])

    def _items(self, name: str) -> list[object]:
        value = self.fields.get(name, [])
        return value if isinstance(value, list) else self._refuse(name, value, "a list")

    def _as_number(self, name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse(name, value, "a number")
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            self._refuse(name, "an enormous number", "one that a float can hold")
        return value

    def _place(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _refuse(self, name: str, value: object, expected: str) -> NoReturn:
        refuse(self._place(name), value, expected)


def as_part(value: object, path: str) -> Part:
    """The value as an object of the record, or a `RecordError` that names its place."""
    if not isinstance(value, Mapping):
        refuse(path, value, "an object")
    return Part(value, path)


def refuse(path: str, value: object, expected: str) -> NoReturn:
    """Say what stands at `path` and what was expected there."""
    actual = "missing" if value is None else visible(repr(value))
    shown = actual if len(actual) <= 60 else actual[:59] + "…"
    raise RecordError(f"not a run record: {path or 'it'} is {shown}, expected {expected}")
