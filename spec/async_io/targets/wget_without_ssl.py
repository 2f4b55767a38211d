"""asyncio in a Python that was built without OpenSSL."""

from __future__ import annotations

import asyncio  # noqa: F401 - in the clean room, once, and with it all that it needs besides OpenSSL
import socket
import sys

from spec.support.sabotage import Patch


def take_ssl_away() -> None:
    """Have every import of OpenSSL fail from now on, and asyncio forget that it has found it before."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "asyncio"]:
        del sys.modules[name]
    sys.modules["ssl"] = None  # type: ignore[assignment]


def keep_ssl(patch: Patch) -> None:
    """Break: leave the module where it is."""
    patch.setattr(sys.modules[__name__], "take_ssl_away", lambda: None)


def connect_without_ssl(port: int) -> tuple[bytes, str]:
    """Say something over TCP, then try TLS; return the reply, and the exception's type."""
    take_ssl_away()
    import asyncio  # noqa: F811, PLC0415 - it looks for OpenSSL as it is imported

    async def converse() -> tuple[bytes, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"said")
        reply = await reader.readexactly(4)
        writer.close()
        await writer.wait_closed()
        here, there = socket.socketpair()
        there.close()
        with here:
            refused: Exception | None = None
            try:
                await asyncio.open_connection(sock=here, ssl=True, server_hostname="there")
            except Exception as error:  # noqa: BLE001 - the claim says which it expects
                refused = error
        return reply, type(refused).__name__

    return asyncio.run(converse())
