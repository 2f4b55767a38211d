"""The page is read in light and in dark: its colours have the contrast that WCAG level AA asks of text."""

import re

import pytest

from spec.report.render import TEMPLATES

ENOUGH = 4.5
STYLE = (TEMPLATES / "page.css").read_text(encoding="utf-8")
DARK, LIGHT = ':root[data-scheme="dark"] {', ":root {"
WASHED = ("confirmed", "corrected", "deviates", "inconclusive", "none", "fault")


def colours(opening):
    """The colours by name that the block with this opening defines."""
    block = STYLE[STYLE.index(opening) :].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(colour):
    """The relative luminance of a colour, after WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """The contrast ratio of two colours, after WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("opening", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(opening):
    """Every colour of text has enough contrast with every ground that it is written on."""
    colour = colours(opening)
    grounds = ("paper", "raised", "sunk")
    pairs = [(text, ground) for text in ("ink", "muted", "link", *WASHED) for ground in grounds]
    pairs += [(text, f"{name}-wash") for name in WASHED for text in (name, "ink", "muted")]
    pairs += [(f"s{number}", "raised") for number in range(5)] + [("ink", f"c{number}") for number in range(5)]

    assert not [pair for pair in pairs if contrast(*map(colour.__getitem__, pair)) < ENOUGH]


def test_dark_is_the_same_chosen_or_preferred():
    """The dark colours are the same whether the reader chose them or the system prefers them."""
    assert colours(DARK) == colours(':root:not([data-scheme="light"]) {')


def test_both_schemes_define_the_same_colours():
    """Every colour of the light page has its counterpart in the dark one."""
    assert colours(DARK).keys() == colours(LIGHT).keys()
