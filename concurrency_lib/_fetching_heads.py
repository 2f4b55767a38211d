"""The head of an HTTP answer: where it ends among the bytes that came, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

START = b"HTTP/"
END = re.compile(rb"\n\r?\n")
STATUS_LINE = re.compile(rb"HTTP/(\d\.\d) (\d{3})(?: ([^\r\0]*))?")
NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
BLANKS = b" \t"


@dataclass(frozen=True)
class Head:
    """The status line and the header fields with which a host began its final answer.

    Names and values are text of one character a byte (Latin-1), so that nothing is lost; the fields stand in their
    order, repeated ones included.
    """

    url: str
    version: str
    status: int
    reason: str
    fields: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        """Return the values of a field, in their order; upper and lower case do not matter."""
        return [value for each, value in self.fields if each.lower() == name.lower()]


def may_begin(received: bytes | bytearray) -> bool:
    """Tell whether this may be the beginning of an answer in HTTP."""
    return received.startswith(START[: len(received)])


def end_of_block(received: bytes | bytearray, since: int = 0) -> int:
    """Return how many bytes a block has, its blank line included; 0 while that has not come.

    `since` is how many bytes were looked at before.
    """
    found = END.search(received, max(0, since - 2))
    return found.end() if found else 0


def parse(url: str, block: bytes) -> Head:
    """Read a whole block; raise ValueError for one that is none.

    A line may end in a line feed alone, and a value may be folded over several lines: both are old habits that
    RFC 9112 has clients bear with. What it has them distrust, such as a carriage return within a line, is refused.
    """
    first, *lines = unfolded(block)
    status = STATUS_LINE.fullmatch(first)
    if status is None:
        raise ValueError(f"no status line of HTTP: {first[:60]!r}")
    version, code, reason = (part or b"" for part in status.groups())
    return Head(url, text(version), int(code), text(reason), tuple(map(field, lines)))


def unfolded(block: bytes) -> list[bytes]:
    """Return the lines of a block without its blank one; those that begin with a blank go on with the one before."""
    lines: list[list[bytes]] = []
    for line in (line.removesuffix(b"\r") for line in block.split(b"\n")[:-2]):
        if not line.startswith((b" ", b"\t")):
            lines.append([line])
        elif len(lines) > 1:
            lines[-1].append(line)
        else:
            raise ValueError(f"no header field: {line[:60]!r}")
    return [b" ".join(part.strip(BLANKS) for part in parts) if len(parts) > 1 else parts[0] for parts in lines]


def field(line: bytes) -> tuple[str, str]:
    """Read one field, with its name and its value."""
    name, colon, value = line.partition(b":")
    if not (colon and NAME.fullmatch(name)) or b"\r" in value or b"\0" in value:
        raise ValueError(f"no header field: {line[:60]!r}")
    return text(name), text(value.strip(BLANKS))


def text(part: bytes) -> str:
    """Turn bytes into as many characters."""
    return part.decode("latin-1")
