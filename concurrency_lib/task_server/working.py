"""A worker: takes tasks in batches, makes the calls, and hands in what came of them."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from concurrency_lib._remote import Failure, Success, attempt, unpack
from concurrency_lib.task_server.errors import ServerGone
from concurrency_lib.task_server.links import HANDSHAKE, LONGEST_WAIT, Address, Link
from concurrency_lib.task_server.terms import Reply

QUICK = 0.05  # seconds: a batch that took less may be larger next time

Outcomes = list[tuple[int, Success | Failure]]


class Worker:
    """A worker of the server at `address`; `run` works until the server closes, or until `stop`.

    It takes one task at first, and more at a time, up to `batch`, as long as they take next to no time.
    """

    def __init__(
        self, address: Address, key: bytes, *, batch: int = 256, name: str | None = None, handshake: float = HANDSHAKE
    ) -> None:
        name = name or f"{os.getpid()}@{socket.gethostname()}"
        self.link = Link(address, key, "worker", name, handshake=handshake)
        self._most = batch
        self.stopping = self.waiting = False
        self.accepted = 0  # results that the server has accepted

    def run(self, after_batch: Callable[[int], object] = lambda _: None) -> int:
        """Work; return how many results were accepted. Raises `ServerGone` if the server goes without a word.

        `after_batch` is called with that number after each batch.
        """
        done: Outcomes = []
        unbegun: list[int] = []
        want = 1
        try:
            while (reply := self._exchange(done, unbegun, want)) is not None:
                self.accepted += len(done) - len(reply.refused)
                after_batch(self.accepted)
                if reply.closing:
                    break
                began = time.monotonic()
                done, unbegun = self.work_on(reply.leased, until=began + self.link.terms.lease / 2)
                want = min(want * 2, self._most) if time.monotonic() - began < QUICK else max(1, want // 2)
            return self.accepted
        finally:
            self.link.close()

    def stop(self) -> None:
        """End after the task in hand; what is done by then is handed in, what is not begun is given back.

        This may be called from a signal handler, or another thread.
        """
        self.stopping = True
        if self.waiting:
            self.link.hang_up()

    def _exchange(self, done: Outcomes, unbegun: list[int], want: int) -> Reply | None:
        """Hand in and take; return None if it is time to end, and everything is handed in."""
        if done or unbegun:
            reply: Reply = self.link.call("exchange", done, unbegun, 0 if self.stopping else want, 0.0)
            if self.stopping and reply.leased:
                self.link.call("exchange", [], [number for number, _ in reply.leased], 0, 0.0)
            return reply._replace(leased=[], closing=True) if self.stopping else reply
        return self.wait_for_tasks(want)

    def wait_for_tasks(self, want: int) -> Reply | None:
        """Wait with nothing in hand, which `stop` may interrupt: what was just leased goes back by itself."""
        self.waiting = True
        try:
            if self.stopping:
                return None
            reply: Reply = self.link.call("exchange", [], [], want, LONGEST_WAIT)
        except ServerGone:
            if self.stopping:
                return None
            raise
        finally:
            self.waiting = False
        return None if self.stopping else reply  # `stop` may have ended the conversation just now

    def work_on(self, leased: Sequence[tuple[int, bytes]], *, until: float) -> tuple[Outcomes, list[int]]:
        """Make the calls, until it is time to hand in; return what came of them, and what was not begun."""
        done: Outcomes = []
        for number, payload in leased:
            if done and (self.stopping or time.monotonic() > until):
                break
            done.append((number, perform(number, payload)))
        return done, [number for number, _ in leased[len(done) :]]


def perform(number: int, payload: bytes) -> Success | Failure:
    """Make the call that a task is; return its value or its exception, of whatever kind."""
    try:
        return attempt(call, number, payload)
    except SystemExit as error:  # it ends the task, and not the worker
        return Failure.of(error)


def call(number: int, payload: bytes) -> Any:
    """Rebuild a task's function and argument, and call it."""
    function, argument = unpack(payload, f"task {number}")
    return function(argument)
