"""A real mail server on loopback, for the length of a block, and the letters that it was given."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from spec.support.deadlines import deadline
from spec.threads.together import together


class Letters:
    """What a mail server was given: each letter's recipient and text. It takes none before `gate` is open."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []
        self.gate = Event()
        self.gate.set()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuse letters to nobody."""
        if address.startswith("nobody@"):
            return "550 there is no such person"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take a letter."""
        if not await asyncio.to_thread(self.gate.wait, deadline()):
            return "451 the gate is closed"
        self.arrived.append((envelope.rcpt_tos[0], envelope.content.decode().strip()))
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[tuple[tuple[str, int], Letters]]:
    """Run a mail server in a thread; yield its address, and what it was given."""
    from aiosmtpd.smtp import SMTP  # noqa: PLC0415 - heavy

    letters, loop = Letters(), asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(letters, loop=loop), "127.0.0.1", 0))
    address = server.sockets[0].getsockname()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()

    def end() -> None:
        letters.gate.set()
        loop.call_soon_threadsafe(loop.stop)

    try:
        with together(serve, at_end=end):
            yield address, letters
    finally:
        server.close()
        loop.run_until_complete(finished(loop))
        loop.close()


async def finished(loop: Any) -> None:
    """Wait for what the loop has still to do."""
    rest = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await loop.shutdown_default_executor()
