"""Names whose lookup does not end before the block does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from concurrency_lib import _fetching_targets
from spec.support.deadlines import deadline


@contextmanager
def names_held() -> Iterator[list[str]]:
    """Hold every lookup that the library makes; yield the names that it asked for."""
    asked: list[str] = []
    over = Event()
    look_up = _fetching_targets.look_up

    def held(host: str, port: int, flags: int = 0) -> list[Any]:
        if flags:
            return look_up(host, port, flags)
        asked.append(host)
        over.wait(deadline())
        raise socket.gaierror(host)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_fetching_targets, "look_up", held)
        try:
            yield asked
        finally:
            over.set()
