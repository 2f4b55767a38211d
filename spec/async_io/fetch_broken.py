"""The library's fetching, broken: for saboteurs to put in its place."""

from __future__ import annotations

import asyncio
import dataclasses
import ssl

from concurrency_lib import _fetching_heads, _fetching_targets, fetching
from spec.async_io.fetch_peers import SENT, reply_to
from spec.async_io.fetch_protocols import Said

_parse, _targets_of = _fetching_heads.parse, fetching.targets_of


async def read_line_after_others(reader):
    """Read a line when others have had their turn."""
    await asyncio.sleep(0)
    return await reader.readline()


def blank_line_in_one_piece(received, since=0):
    """Look for the blank line in the last piece alone."""
    found = _fetching_heads.END.search(received, since)
    return found.end() if found else 0


def cut_at_the_fold(block):
    """Leave out the lines that go on with a blank."""
    lines = block.replace(b"\r", b"").split(b"\n")
    return [line for line in lines if line and not line.startswith((b" ", b"\t"))]


def parse_into_a_dictionary(*of):
    """Have a field that is repeated replace the one before."""
    head = _parse(*of)
    return dataclasses.replace(head, fields=tuple(dict(head.fields).items()))


def target_of_the_first(urls):
    """Understand the first URL, and leave out the others."""
    return _targets_of(urls[:1])


async def read_block_of_any_size(reader, received, *_):
    """Read on until there is a blank line."""
    while not (end := _fetching_heads.end_of_block(received)):
        received += await reader.read(100)
    return end


async def fetch_each_without_deadline(numbered, results, limits, tls):
    """Fetch one target after another, however long each takes."""
    for number, target in numbered:
        try:
            results[number] = await fetching.fetch(target, limits.size, tls if target.tls else None)
        except fetching.FetchFailed as failure:
            results[number] = failure


async def head_or_failure(url):
    """Return whatever came of it."""
    return (await fetching.heads_of([url]))[0]


async def fetch_all_in_turn(targets, limits, tls):
    """Fetch one after another."""
    return [await fetching.fetch(target, limits.size, tls) for target in targets]


async def fetch_all_as_they_come(targets, limits, tls):
    """Return the results in the order in which they come."""
    fetches = [fetching.fetch(target, limits.size, tls) for target in targets]
    return [await each for each in asyncio.as_completed(fetches)]


def fetch_heads_in_another_loop(urls, **_):
    """Fetch in a loop of nobody's choice."""
    return asyncio.run(fetching.heads_of(urls))


def fetch_heads_in_a_thread(urls, **_):
    """Fetch in a thread with a loop of its own, without waiting for it."""
    fetching.targets_of(urls)


async def reach_without_verifying(target, _):
    """Connect, whoever it is that answers."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    return await _fetching_targets.connect(target, anybody)


async def said_to_nobody(_):
    """Answer oneself."""
    return Said(reply_to(SENT), "tcp", listed=False, tls=None)
