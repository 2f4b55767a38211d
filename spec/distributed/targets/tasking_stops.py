"""Stops in the midst of something: a call that stops its worker, and results that are sent when their server stops."""

from __future__ import annotations

import threading
from multiprocessing.connection import wait
from typing import Any

from spec.support.deadlines import deadline

WORKERS: list[Any] = []


def stop_worker(_: object) -> None:
    """Stop the worker that was named last."""
    WORKERS[-1].stop()


def send_results_when_nothing_is_heard(serving: Any) -> None:
    """From now on let a server send results only when it hears no more from the master that asked for them."""
    answer_of = serving.result_of

    def late(ident: str, method: str, *asked: Any) -> Any:
        kind, answer = answer_of(ident, method, *asked)
        if method == "trade" and answer[-1]:
            wait([serving.wires[threading.current_thread()]], deadline())  # what has ended can be read
        return kind, answer

    serving.result_of = late
