"""Message loops whose handlers raise: what was handled, and in what the loop ends."""

from __future__ import annotations

from typing import Any

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running


def loop_of_failures(*errors: BaseException, **options: Any) -> tuple[MessageLoop, list[int]]:
    """Make a loop with a message for each error, whose handler raises it, and a last one; return what was handled."""
    handled: list[int] = []
    loop = MessageLoop(**options)

    def handle(number: int) -> None:
        handled.append(number)
        if number < len(errors):
            raise errors[number]

    loop.on("note", handle)
    for number in range(len(errors) + 1):
        loop.post("note", number)
    loop.stop()
    return loop, handled


def interruption_of(loop: MessageLoop) -> KeyboardInterrupt | None:
    """Run a loop, and close it; return the interruption in which that ends, or None, for a requirement to assert."""
    with loop:
        try:
            messages_running.run(loop)
        except KeyboardInterrupt as interruption:
            return interruption
    return None
