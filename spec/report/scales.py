"""From values to places: scales with round ticks, and how wide a text will be."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from spec.report.formats import figure

_WIDE = 0x1100
_FAR_APART = 300
_LARGEST = 1e150
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on a scale."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of values laid out between two places; `logarithmic` when they lie magnitudes apart."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where the value lies, to a tenth of a unit."""
        low, high, at = (math.log10(each) if self.logarithmic else each for each in (self.low, self.high, value))
        share = (at - low) / (high - low) if high > low else 0.5
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, about: int = 6) -> list[Tick]:
        """Round values inside the range, about as many as asked."""
        if self.logarithmic:
            return [Tick(self.place(value), figure(value)) for value in _powers(self.low, self.high)]
        step = _round_step((self.high - self.low) / max(about, 1))
        return [Tick(self.place(value), _written(value, step)) for value in _multiples(step, self.low, self.high)]


def scale_over(values: Iterable[float], start: float, end: float, *, from_zero: bool = False) -> Scale | None:
    """A scale that holds all finite values, logarithmic where it has to be; nothing when there are none."""
    drawn = [value for value in values if is_drawn(value)]
    if not drawn:
        return None
    low, high = min(drawn), max(drawn)
    if low > 0 and high / low >= _FAR_APART:
        return Scale(low, high, start, end, logarithmic=True)
    low = min(low, 0) if from_zero else low
    too_near = high - low <= abs(low) * 1e-12 + 1 / _LARGEST
    return Scale(low, low + (abs(low) or 1) if too_near else high, start, end)


def is_drawn(value: float) -> bool:
    """Whether a drawing has room for the value: it is a number, and far from infinite."""
    return abs(value) <= _LARGEST


def text_width(text: str) -> float:
    """About how wide the text is in the drawings' small type; Chinese characters are twice as wide."""
    return sum(11.5 if ord(character) >= _WIDE else 6.3 for character in text)


def shortened(text: str, width: float) -> str:
    """The text, or as much of its beginning as the width has room for."""
    if text_width(text) <= width:
        return text
    kept = text
    while kept and text_width(kept) > width - 8:
        kept = kept[:-1]
    return kept + "…"


def _round_step(rough: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(rough))
    return next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough * 0.999)


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{step * count:.12g}") for count in range(first, last + 1)]


def _written(value: float, step: float) -> str:
    digits = -math.floor(math.log10(step) + 1e-9)
    return f"{value:.{digits}f}" if 0 < digits <= _MOST_DIGITS else figure(value)


def _powers(low: float, high: float) -> list[float]:
    exponents = range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)
    return [float(f"1e{exponent}") for exponent in exponents]
