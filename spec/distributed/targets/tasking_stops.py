"""A call that stops the worker that makes it."""

from __future__ import annotations

from typing import Any

WORKERS: list[Any] = []


def stop_worker(_: object) -> None:
    """Stop the worker that was named last."""
    WORKERS[-1].stop()
