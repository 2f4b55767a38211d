"""Text as a reader can see it.

`visible` leaves ordinary text as it is and writes as an escape whatever a page could not show, or UTF-8 not
carry: control characters, lone surrogates, and the marks that turn the direction of the text around them.
"""

import re

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""The text with each unseen character written out: `\x1b`, `\r`, `\ud800`; tabs and newlines stay."""
    return _UNSEEN.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
