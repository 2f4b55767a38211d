"""Masters, workers, tables and links of the task server that are broken, each in one way."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from concurrency_lib._remote import Success
from concurrency_lib.task_server import ServerGone, leases, links, mastering
from concurrency_lib.task_server import working as library
from concurrency_lib.task_server.desk import Desk
from concurrency_lib.task_server.serving import Serving
from concurrency_lib.task_server.terms import Client, Reply
from spec.distributed.tasking import LOOPBACK

_map, _trade = mastering.Master.map, mastering.Master.trade
_lease, _settle, _collect = leases.Leases.lease, leases.Leases.settle, leases.Leases.collect
_leave, _begin, _say, _call = Desk.leave, Serving.__init__, Serving.say, links.Link.call
_wait = library.Worker.wait_for_tasks


def map_backwards(*args: Any) -> Any:
    """Yield the values from the last to the first."""
    return reversed(list(_map(*args)))


def count_from_nought(master: mastering.Master, payloads: list[bytes], *args: Any, **options: Any) -> Any:
    """Begin to count anew with each batch that is sent."""
    master.sent = 0 if payloads else master.sent
    return _trade(master, payloads, *args, **options)


def send_what_fits(*args: Any, **_: Any) -> Any:
    """Send tasks, though not all of them may find room."""
    return _trade(*args)


def lease_one(table: leases.Leases, worker: int, limit: int) -> Any:
    """Lease one task, however many are wanted."""
    return _lease(table, worker, min(1, limit))


def collect_and_keep(table: leases.Leases, master: int, limit: int) -> Any:
    """Deliver results, and keep a note of each."""
    found = _collect(table, master, limit)
    table.tasks.update((number, None) for number, _ in found)  # type: ignore[misc]
    return found


def settle_with_nought(table: leases.Leases, number: int, _: object) -> Any:
    """Take nought for the result, whatever it is."""
    return _settle(table, number, Success(pickle.dumps(0)))


def work_on_all(_: library.Worker, leased: list[tuple[int, bytes]], **__: Any) -> Any:
    """Make every call that was leased, and give none back."""
    return [(number, library.perform(number, payload)) for number, payload in leased], []


def wait_until_any_end(worker: library.Worker, want: int) -> Any:
    """Wait for tasks, and take the loss of the server for a word of its end."""
    return or_closing(_wait, worker, want)


def call_until_any_end(link: links.Link, *args: Any) -> Any:
    """Call the server, and take its loss for a word of its end."""
    return or_closing(_call, link, *args)


def or_closing(ask: Callable[..., Any], *args: Any) -> Any:
    """Ask the server; where it is gone, answer in its place that it closes."""
    try:
        return ask(*args)
    except ServerGone:
        return Reply([], [], closing=True)


def leave_on_paper(desk: Desk) -> None:
    """Leave, and stay among those who have joined."""
    _leave(desk)
    desk.roll.joined[0] = Client(0, "somebody", "worker")


def say_twice(serving: Serving, line: str) -> None:
    """Say a line, and say it again."""
    _say(serving, line)
    _say(serving, line)


def listen_at_any_port(serving: Serving, _: object, *rest: Any, **options: Any) -> None:
    """Begin to serve at a port that is free, whichever is asked for."""
    _begin(serving, LOOPBACK, *rest, **options)
