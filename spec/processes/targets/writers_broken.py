"""Ways to break the library's channels in the processes that write to them or read them."""

from __future__ import annotations

from contextlib import suppress
from pickle import PicklingError
from typing import TYPE_CHECKING, Any

from concurrency_lib import _streams, channels

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


def send_text_instead(patch: Patch) -> None:
    """Send what an item looks like instead of the item."""
    send = _streams.send
    patch.setattr(_streams, "send", lambda pipe, sending, item: send(pipe, sending, repr(item)))


def swap_what_is_sent(patch: Patch) -> None:
    """Send every second item before the first."""
    send, held = _streams.send, []

    def swapping(pipe: Any, sending: Any, item: object) -> None:
        if not held:
            held.append(item)
            return
        send(pipe, sending, item)
        send(pipe, sending, held.pop())

    patch.setattr(_streams, "send", swapping)


def forget_the_writers(patch: Patch) -> None:
    """Let the reading side yield nothing."""
    patch.setattr(channels.Reader, "__iter__", lambda _: iter(()))


def mix_what_is_sent(patch: Patch) -> None:
    """Send a half of an item and a half of the one before as one."""
    send, before = _streams.send, [b""]

    def mixing(pipe: Any, sending: Any, item: bytes) -> None:
        half = len(item) // 2
        send(pipe, sending, before[0][:half] + item[half:])
        before[0] = item

    patch.setattr(_streams, "send", mixing)


def send_when_done(patch: Patch) -> None:
    """Keep all items until the end of the stream is about to be sent."""
    send, pack, kept = _streams.send, _streams.pack, []

    def keep(*sending: Any) -> None:
        kept.append(sending)

    def send_kept_first(thing: object, what: str) -> bytes:
        while what == "end of stream" and kept:
            send(*kept.pop(0))
        return pack(thing, what)

    patch.setattr(_streams, "send", keep)
    patch.setattr(_streams, "pack", send_kept_first)


def end_instead_of_failing(patch: Patch) -> None:
    """Tell the end of the stream where an error is to be told."""
    pack = _streams.pack
    patch.setattr(
        _streams,
        "pack",
        lambda thing, what: pack(_streams.EndOfStream() if what == "failure" else thing, what),
    )


def drop_what_cannot_be_sent(patch: Patch) -> None:
    """Send nothing, and say nothing, where an item cannot be pickled."""
    send = _streams.send

    def quiet(pipe: Any, sending: Any, item: object) -> None:
        with suppress(PicklingError):
            send(pipe, sending, item)

    patch.setattr(_streams, "send", quiet)


def send_nothing(patch: Patch) -> None:
    """Return from sending at once, with nothing sent."""
    patch.setattr(_streams, "send", lambda *_: None)


def ignore_that_nobody_reads(patch: Patch) -> None:
    """Say nothing where the pipe is broken."""
    send = _streams.send

    def deaf(*sending: Any) -> None:
        with suppress(BrokenPipeError):
            send(*sending)

    patch.setattr(_streams, "send", deaf)
