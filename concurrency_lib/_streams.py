"""What travels from one writer to the reader of a channel, through the pipe that only these two share."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from concurrency_lib._remote import Failure, pack

if TYPE_CHECKING:
    from collections.abc import Callable


class Item(NamedTuple):
    """The writer sent an item."""

    value: Any


class EndOfStream(NamedTuple):
    """The writer has nothing more to send."""


def write(pipe: Any, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """Call the writer's function with the means to send; then close the stream, or tell what was raised."""
    try:
        function(partial(send, pipe, threading.Lock()), *args)
        pipe.send_bytes(pack(EndOfStream(), "end of stream"))
    except SystemExit:  # means to end the process, and the reader will hear of that
        raise
    except BaseException as error:
        pipe.send_bytes(pack(Failure.of(error), "failure"))
        raise SystemExit(1) from error


def send(pipe: Any, sending: threading.Lock, item: object) -> None:
    """Send one item whole or, if it cannot be pickled, not at all; the writer's threads take turns."""
    message = pack(Item(item), "item")
    with sending:
        pipe.send_bytes(message)
