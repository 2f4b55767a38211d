"""What a URL asks for, and how to get a connection to it, lookup and handshake included."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl

PORTS = {"http": 80, "https": 443}
PRINTABLE = re.compile("[!-~]+")


@dataclass(frozen=True)
class Target:
    """A URL in its parts."""

    url: str
    tls: bool
    host: str
    port: int
    authority: str
    path: str

    def request(self) -> bytes:
        """The bytes that ask for the head alone."""
        return (
            f"HEAD {self.path} HTTP/1.1\r\nHost: {self.authority}\r\nAccept: */*\r\nConnection: close\r\n\r\n".encode()
        )


def target_of(url: str) -> Target:
    """Take a URL apart; raise ValueError for one that cannot be asked for."""
    if not PRINTABLE.fullmatch(url):
        raise ValueError(f"expected printable ASCII without blanks, percent-encoded where need be: {url!r}")
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError(f"expected http:// or https:// and a host: {url!r}")
    default = PORTS[parts.scheme]
    port = default if parts.port is None else parts.port
    named = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    authority = named if port == default else f"{named}:{port}"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme == "https", parts.hostname, port, authority, path)


async def connect(target: Target, tls: ssl.SSLContext | None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first address that lets us, and shake hands if `tls` is given."""
    connection = await connect_to_one_of(await resolve(target.host, target.port))
    named = target.host if tls else None
    try:
        return await asyncio.open_connection(sock=connection, ssl=tls, server_hostname=named)
    except BaseException:
        try:
            await asyncio.sleep(0)  # for the transport, which closes its socket in the next turn of the loop
        finally:
            connection.close()
        raise


async def connect_to_one_of(addresses: list[Any]) -> socket.socket:
    """Try each address that a lookup came to; raise the last one's OSError if none answers."""
    failure = OSError("the lookup came to no address")
    for family, kind, protocol, _, address in addresses:
        connection = socket.socket(family, kind, protocol)
        connection.setblocking(False)  # noqa: FBT003 - that is its name
        try:
            await asyncio.get_running_loop().sock_connect(connection, address)
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failure


async def resolve(host: str, port: int) -> list[Any]:
    """Return the addresses of a host: at once where it is one itself, else what a lookup comes to."""
    with suppress(socket.gaierror):
        return look_up(host, port, socket.AI_NUMERICHOST)
    return await look_up_in_thread(host, port)


async def look_up_in_thread(host: str, port: int) -> list[Any]:
    """Look a host up in a thread of its own: one that can be left behind, for a lookup cannot be called off."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def tell(tell_it: Any, what: Any) -> None:
        if not answer.done():
            tell_it(what)

    def look() -> None:
        try:
            said: tuple[Any, Any] = answer.set_result, look_up(host, port)
        except Exception as error:  # noqa: BLE001 - it is raised in the loop
            said = answer.set_exception, error
        with suppress(RuntimeError):  # where the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(tell, *said)

    Thread(target=look, name=f"lookup of {host}", daemon=True).start()
    return await answer


def look_up(host: str, port: int, flags: int = 0) -> list[Any]:
    """Ask the system for the addresses of a host."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
