"""What many web servers have to say for themselves: the status line and the header fields of each, fetched at once.

One thread and one event loop wait for all of them, over HTTP or HTTPS. The results stand in the order of the URLs, and
each is a `Head` or the `FetchFailed` that says what was wrong: a host that is silent, broken or hostile costs its own
result alone. It has `Limits`: seconds for everything from the lookup of its name to its blank line, and bytes. Its
certificate is verified against those that this machine trusts, unless `tls` is a context that says otherwise.

A URL that cannot be asked for is a ValueError before anything is sent. When a fetch is cancelled its connections are
closed. Answers that only announce another (1xx) are passed over, redirects are not followed, and no body is asked for:
the request is a HEAD.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concurrency_lib import _fetching_targets
from concurrency_lib._fetching_answers import read_head
from concurrency_lib._fetching_failures import (
    ClosedEarly,
    FetchFailed,
    Malformed,
    NotInTime,
    NotReached,
    NotTrusted,
    TooLong,
)
from concurrency_lib._fetching_heads import Head
from concurrency_lib._fetching_targets import Target, target_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "ClosedEarly",
    "FetchFailed",
    "Head",
    "Limits",
    "Malformed",
    "NotInTime",
    "NotReached",
    "NotTrusted",
    "TooLong",
    "fetch_heads",
    "head_of",
    "heads_of",
]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a fetch may cost: `at_once` hosts at a time; for each of them, `seconds` and `size` in bytes.

    A host's time begins when it is its turn. Answers that announce another count among the bytes. Each must be
    positive, else ValueError.
    """

    at_once: int = 100
    seconds: float = 10.0
    size: int = 65536

    def __post_init__(self) -> None:
        if min(self.at_once, self.seconds, self.size) <= 0:
            raise ValueError(f"expected positive limits: {self}")


DEFAULTS = Limits()


def fetch_heads(
    urls: Iterable[str],
    *,
    limits: Limits = DEFAULTS,
    tls: ssl.SSLContext | None = None,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> list[Head | FetchFailed]:
    """Do what `heads_of` does, in an event loop that `loop_factory` makes and that is closed in the end.

    Raises RuntimeError where an event loop runs already.
    """
    targets = targets_of(urls)
    refuse_in_a_running_loop()
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(fetch_all(targets, limits, tls))


async def heads_of(
    urls: Iterable[str], *, limits: Limits = DEFAULTS, tls: ssl.SSLContext | None = None
) -> list[Head | FetchFailed]:
    """Return the head of each URL, or what was wrong, in their order."""
    return await fetch_all(targets_of(urls), limits, tls)


async def head_of(url: str, *, limits: Limits = DEFAULTS, tls: ssl.SSLContext | None = None) -> Head:
    """Return the head of one URL; raise the FetchFailed that says what was wrong."""
    (result,) = await heads_of([url], limits=limits, tls=tls)
    if isinstance(result, FetchFailed):
        raise result
    return result


def refuse_in_a_running_loop() -> None:
    """Raise RuntimeError where an event loop runs: whoever blocked it would wait for nothing."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("an event loop runs in this thread: await heads_of() instead")


def targets_of(urls: Iterable[str]) -> list[Target]:
    """Understand all URLs before any is asked for."""
    if isinstance(urls, str):
        raise TypeError(f"expected URLs, got one string: {urls!r}")
    return [target_of(url) for url in urls]


async def fetch_all(targets: list[Target], limits: Limits, tls: ssl.SSLContext | None) -> list[Head | FetchFailed]:
    """Have as many tasks as may be under way take the next target each, until there is none left."""
    if tls is None and any(target.tls for target in targets):
        tls = ssl.create_default_context()
    results: dict[int, Head | FetchFailed] = {}
    numbered = iter(enumerate(targets))
    async with asyncio.TaskGroup() as group:
        for _ in range(min(limits.at_once, len(targets))):
            group.create_task(fetch_each(numbered, results, limits, tls))
    return [results[number] for number in range(len(targets))]


async def fetch_each(
    numbered: Iterator[tuple[int, Target]],
    results: dict[int, Head | FetchFailed],
    limits: Limits,
    tls: ssl.SSLContext | None,
) -> None:
    """Fetch one target after another; several tasks take them from the same iterator."""
    for number, target in numbered:
        try:
            async with asyncio.timeout(limits.seconds):
                results[number] = await fetch(target, limits.size, tls if target.tls else None)
        except TimeoutError:
            results[number] = NotInTime(target.url, f"no head within {limits.seconds:g} s")
        except FetchFailed as failure:
            results[number] = failure


async def fetch(target: Target, size: int, tls: ssl.SSLContext | None) -> Head:
    """Connect, ask, read, and close, however it ends."""
    reader, writer = await reach(target, tls)
    try:
        writer.write(target.request())
        return await read_head(reader, target.url, size)
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def reach(target: Target, tls: ssl.SSLContext | None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to a target; name what was wrong."""
    try:
        return await _fetching_targets.connect(target, tls)
    except ssl.SSLCertVerificationError as error:
        raise NotTrusted(target.url, error.verify_message or str(error)) from error
    except (OSError, UnicodeError) as error:  # the latter is what becomes of a name that cannot be one
        raise NotReached(target.url, str(error) or type(error).__name__) from error
