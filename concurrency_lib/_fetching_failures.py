"""What can be wrong where a host was asked for its head."""

from __future__ import annotations


class FetchFailed(Exception):
    """There is no head from a host; `url` is what was asked for, and the text says what was wrong."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what)
        self.url, self.what = url, what

    def __str__(self) -> str:
        return f"{self.what}: {self.url}"


class NotReached(FetchFailed):
    """The name is unknown, or no connection came about: refused, unreachable, or no handshake of TLS."""


class NotTrusted(FetchFailed):
    """The host's certificate is not one to trust: of unknown origin, for another name, expired."""


class NotInTime(FetchFailed):
    """The host's time was over."""


class ClosedEarly(FetchFailed):
    """The connection ended before the blank line."""


class TooLong(FetchFailed):
    """There was no blank line within the bytes that a head may have."""


class Malformed(FetchFailed):
    """What came is not the beginning of an answer in HTTP."""
