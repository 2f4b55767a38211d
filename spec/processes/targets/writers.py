"""What the claims about communication run as writers and readers of the library's channels."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from pickle import PicklingError
from typing import Any

from spec.processes.targets.messages import PickledBy, ignore_termination, note

Send = Callable[[Any], None]


def send_all(send: Send, items: Iterable[Any]) -> None:
    """Send items, one after the other."""
    for item in items:
        send(item)


def send_numbered(send: Send, count: int) -> None:
    """Send this process's id beside each number."""
    send_all(send, ((os.getpid(), number) for number in range(count)))


def send_what_arrives(send: Send, orders: Any) -> None:
    """Send each item of the lists that arrive, until None does."""
    for items in iter(orders.recv, None):
        send_all(send, items)


def read_and_tell(reader: Iterable[Any], report: Any) -> None:
    """Tell this process's id, and what it read until the streams closed."""
    report.send((os.getpid(), list(reader)))


def read_and_note(reader: Iterable[Any], pen: Any) -> None:
    """Note that this process asks, and then each item that it gets."""
    note(pen, "reader", "asks")
    for item in reader:
        note(pen, "reader", f"got {item}")


class CannotBePickledError(Exception):
    """An error that no other process can rebuild."""

    def __reduce__(self) -> str:
        """Refuse."""
        raise PicklingError("not this one")


def raise_when_rebuilt() -> None:
    """Raise, instead of rebuilding anything."""
    raise LookupError("not to be found here")


class CannotBeRebuilt:
    """Can be pickled, but not unpickled."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Let the reader call what raises."""
        return raise_when_rebuilt, ()


def send_one_that_cannot_be_rebuilt(send: Send) -> None:
    """Send an item between two others that no reader can rebuild."""
    send_all(send, ["before", CannotBeRebuilt(), "after"])


def send_and_raise(send: Send, items: Iterable[Any], kind: type[Exception]) -> None:
    """Send items, then raise."""
    send_all(send, items)
    raise kind("no more")


def send_and_be_killed(send: Send, items: Iterable[Any]) -> None:
    """Send items, then be killed."""
    send_all(send, items)
    os.kill(os.getpid(), signal.SIGKILL)


def send_and_exit(send: Send, items: Iterable[Any]) -> None:
    """Send items, then end the process as a program does."""
    send_all(send, items)
    sys.exit()


def send_from_threads(send: Send, count: int, size: int) -> None:
    """Send two items of its own from each of several threads, which all begin at once."""
    together = threading.Barrier(count)

    def send_two(number: int) -> None:
        together.wait()
        send_all(send, [bytes([number]) * size] * 2)

    threads = [threading.Thread(target=send_two, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send_what_can_be_sent(send: Send) -> None:
    """Try to send some items of which only the last can be pickled, and send word of each refusal."""
    items = {"lambda": lambda: 0, "lock": threading.Lock(), "generator": (_ for _ in ()), "text": "a text"}
    for name, item in items.items():
        try:
            send(item)
        except PicklingError:
            send(f"refused: {name}")


def send_and_change(send: Send) -> None:
    """Send who pickles, and an item that is changed as soon as it is sent."""
    item = ["as sent"]
    send(PickledBy())
    send(item)
    item[:] = ["as changed"]


def send_large(send: Send, size: int, pen: Any) -> None:
    """Send one large item."""
    note(pen, "writer", "sends")
    send(bytes(size))
    note(pen, "writer", "has sent")


def send_if_somebody_reads(send: Send, orders: Any, pen: Any) -> None:
    """Send what arrives, and note the error if there is one."""
    note(pen, "writer", "asks")
    try:
        send(orders.recv())
        note(pen, "writer", "sent")
    except OSError as error:
        note(pen, "writer", type(error).__name__)


def send_for_ever(send: Send) -> None:
    """Send this process's id again and again."""
    while True:
        send(os.getpid())


def send_for_ever_unmoved(send: Send) -> None:
    """Send this process's id again and again, and ignore SIGTERM."""
    ignore_termination()
    send_for_ever(send)
