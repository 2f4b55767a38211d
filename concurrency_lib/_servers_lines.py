"""What the servers share: their limits, the shape of an answer, and the line that tells what went wrong."""

from __future__ import annotations

import logging
import signal
from dataclasses import dataclass

logger = logging.getLogger("concurrency_lib.servers")

LINE_END = b"\n"
PAUSE = 0.05  # seconds, when the machine can bear no more connections for the moment


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a connection may cost.

    `connections` are served at once by each process that accepts, and more wait; a request has at most `line` bytes;
    a connection lasts `seconds` at most, whatever its client or its handler does, unless a plain function blocks its
    event loop.
    """

    connections: int = 100
    line: int = 65536
    seconds: float = 30.0


def as_line(answer: bytes) -> bytes:
    """Return the answer as a line; raise ValueError for one that would be several."""
    if LINE_END in answer:
        raise ValueError(f"an answer is one line, not {len(answer.split(LINE_END))}")
    return answer + LINE_END


def tell_of_failure(error: BaseException) -> None:
    """Log that a handler raised."""
    logger.error("a connection was closed without an answer: %s: %s", type(error).__name__, one_line(error))


def tell_of_delay(seconds: float) -> None:
    """Log that a connection lasted too long."""
    logger.warning("a connection was cut after %g s", seconds)


def one_line(error: BaseException) -> str:
    """Return the last line of what an exception says."""
    return (str(error).strip().splitlines() or ["it says nothing"])[-1]


def leave_interrupts_to_the_caller() -> None:
    """Ignore Ctrl-C, which reaches every process of the terminal: the one that made the server closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
