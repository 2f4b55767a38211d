"""What asyncio says over TCP, UDP and TLS, and what the kernel and OpenSSL know of it meanwhile."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any, NamedTuple

from spec.async_io.fetch_peers import LOOPBACK, SENT
from spec.support import Condition

kernel_lists_ports = Condition(
    "the kernel lists ports in /proc/net", lambda: "" if Path("/proc/net/udp").exists() else "no /proc/net/udp"
)


class Said(NamedTuple):
    """A reply, the kind of the kernel's socket, the ports that the kernel lists, and what OpenSSL tells."""

    reply: bytes
    kind: str
    listed: bool
    tls: Any


async def over_stream(port: int, tls: Any = None, name: str | None = None) -> Said:
    """Say something over TCP, or over TLS on it."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port, ssl=tls, server_hostname=name)
    try:
        writer.write(SENT)
        reply = await reader.readexactly(len(SENT))
        return Said(reply, *known_of(writer.transport), writer.get_extra_info("ssl_object"))
    finally:
        writer.close()
        await writer.wait_closed()


class Listening(asyncio.DatagramProtocol):
    """Keeps the first datagram that comes."""

    def __init__(self) -> None:
        self.came: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: Any) -> None:  # noqa: ARG002
        """Keep it."""
        if not self.came.done():
            self.came.set_result(data)


async def over_datagrams(port: int) -> Said:
    """Say something over UDP."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(Listening, remote_addr=(LOOPBACK, port))
    try:
        transport.sendto(SENT)
        return Said(await protocol.came, *known_of(transport), None)
    finally:
        transport.close()


def known_of(transport: Any) -> tuple[str, bool]:
    """Return the kind of a transport's socket, and whether the kernel lists its port."""
    own = transport.get_extra_info("socket")
    kind = {socket.SOCK_STREAM: "tcp", socket.SOCK_DGRAM: "udp"}[own.type]
    return kind, own.getsockname()[1] in ports_listed(kind)


def ports_listed(kind: str) -> set[int]:
    """Return the local ports of a kind that the kernel lists."""
    lines = Path(f"/proc/net/{kind}").read_text().splitlines()[1:]
    return {int(line.split()[1].rpartition(":")[2], 16) for line in lines}
