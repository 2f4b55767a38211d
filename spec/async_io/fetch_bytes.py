"""Heads of answers as bytes, in pieces of any size, with what they say; a fetch that reads them; what is no URL."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hypothesis.strategies import builds, integers, just, lists, one_of, sampled_from

from concurrency_lib import _fetching_answers, fetching

TURNS = 10  # of the loop, in which whatever can be told of bytes is told
URL = "http://loopback.test/"
TOKEN = "abcXYZ019!#$%&'*+-.^_`|~"
VISIBLE = "".join(map(chr, [*range(0x21, 0x7F), *range(0x80, 0x100)]))

names = lists(sampled_from(TOKEN), min_size=1, max_size=6).map("".join)
words = lists(sampled_from(VISIBLE), min_size=1, max_size=5).map("".join)
values = lists(words, max_size=3).map(" ".join)
fields = lists(builds(lambda name, value: (name, value), names, values), max_size=5)
statuses = integers(200, 999)
endings = sampled_from(["\r\n", "\n"])
cuts = one_of(just(range(200)), lists(integers(0, 200), max_size=6))  # first of all, each byte by itself
HEADS = (statuses, fields, endings, words, cuts)

INTERIM = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style>\r\n\r\n"
NO_HTTP = {
    "greeting of another protocol": b"SSH-2.0-OpenSSH_9.9\r\n",
    "no number": b"HTTP/1.1 fine\r\n\r\n",
    "no colon": b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "blank before the colon": b"HTTP/1.1 200 OK\r\nName : value\r\n\r\n",
    "zero byte": b"HTTP/1.1 200 OK\r\nName: a\0b\r\n\r\n",
    "carriage return": b"HTTP/1.1 200 OK\r\nName: a\rOther: b\r\n\r\n",
    "fold without a field": b"HTTP/1.1 200 OK\r\n folded\r\n\r\n",
    "blank line first": b"\r\nHTTP/1.1 200 OK\r\n\r\n",
}
NO_URLS = {
    "other scheme": "ftp://host/",
    "no scheme": "host",
    "no host": "http:///path",
    "no number": "http://host:port/",
    "user": "http://me@host/",
    "line end": "http://host/\r\nOther: field",
    "nothing": "",
}


def block(status: int, said: Sequence[tuple[str, str]], ending: str = "\r\n") -> bytes:
    """Write a head as a host would."""
    lines = [f"HTTP/1.1 {status} so it is", *(f"{name}: {value}" for name, value in said), "", ""]
    return ending.join(lines).encode("latin-1")


def pieces(whole: bytes, places: Sequence[int]) -> list[bytes]:
    """Cut bytes at some places."""
    ends = sorted({min(place, len(whole)) for place in places} | {len(whole)})
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False) if end > start]


async def read(*parts: bytes, size: int = 65536, closes: bool = True) -> fetching.Head | fetching.FetchFailed:
    """Have the library read these bytes, each part as soon as it has taken in the one before.

    Where the connection does not close with the last, it does so when the library has had time enough to be done.
    """
    reader = asyncio.StreamReader()
    reading = asyncio.ensure_future(_fetching_answers.read_head(reader, URL, size))
    for part in parts:
        await asyncio.sleep(0)
        reader.feed_data(part)
        await asyncio.sleep(0)
    for _ in range(0 if closes else TURNS):
        await asyncio.sleep(0)
    if not reading.done():
        reader.feed_eof()
    try:
        return await reading
    except fetching.FetchFailed as failure:
        return failure
