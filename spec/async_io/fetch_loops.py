"""Reading the head of an answer line by line, as the tutorial does: until a line is blank, however long that takes."""

from __future__ import annotations

import asyncio

COMPLETE = b"HTTP/1.0 200 OK\r\nServer: one\r\n\r\n"
EARLY = b"HTTP/1.0 200 OK\r\nServer: one\r\n"
BARE = b"HTTP/1.0 200 OK\nServer: one\n\n"
UNENDED = {"closed before its blank line": EARLY, "lines that end in a line feed alone": BARE}
TURNS = 1000  # after which a loop is taken for endless


async def read_line(reader: asyncio.StreamReader) -> bytes:
    """Read a line: the seam of the loop."""
    return await reader.readline()


async def lines_until_blank(reader: asyncio.StreamReader) -> list[bytes] | None:
    """Return the lines before the blank one; None where that has not come after many turns."""
    lines: list[bytes] = []
    while len(lines) < TURNS:
        line = await read_line(reader)
        if line == b"\r\n":
            return lines
        lines.append(line)
    return None


def ended(sent: bytes) -> asyncio.StreamReader:
    """Make a reader of a connection on which this came before its end."""
    reader = asyncio.StreamReader()
    reader.feed_data(sent)
    reader.feed_eof()
    return reader


async def lines_of(sent: bytes) -> list[bytes] | None:
    """Return the lines before the blank one of what came before the end of a connection."""
    return await lines_until_blank(ended(sent))


async def beats_while_it_reads(sent: bytes) -> int:
    """Count the turns that another task has while the loop reads."""
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while not reading.done():
            beats += 1
            await asyncio.sleep(0)

    reading = asyncio.ensure_future(lines_until_blank(ended(sent)))
    beating = asyncio.ensure_future(beat())
    await reading
    counted = beats
    await beating
    return counted
