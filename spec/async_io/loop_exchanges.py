"""Something said to a peer of each kind, and what is answered; all of it in one loop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
from asyncio.subprocess import PIPE
from concurrent.futures import ThreadPoolExecutor

from spec.async_io.certificates import server_context
from spec.async_io.loop_peers import ask, letters, tcp_peer, unix_peer


class Counting(ThreadPoolExecutor):
    """Counts what it is handed."""

    def __init__(self):
        super().__init__(max_workers=1)
        self.handed = 0

    def submit(self, *args, **options):
        """Count, and run it."""
        self.handed += 1
        return super().submit(*args, **options)


async def tls_exchange(client):
    """Ask a peer over TLS."""
    async with tcp_peer(ssl=server_context("localhost")) as (host, port):
        connection = asyncio.open_connection(host, port, ssl=client, server_hostname="localhost")
        return await ask(connection, b"over tls\n")


async def failure_of_tls(client):
    """Ask a peer over TLS; return the error in which that ends. In debug mode the loop tells of the peer's as well."""
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    try:
        await tls_exchange(client)
    except ssl.SSLError as error:
        return error
    return None


async def talk_to_a_child(program):
    """Write to a child, and return what it writes, and its exit status."""
    child = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE)
    written, _ = await child.communicate(b"through a child")
    return written, child.returncode


async def through_a_pipe():
    """Write into one end of a pipe, and read from the other, both without blocking."""
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    ends = [os.fdopen(end, mode, buffering=0) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)]
    reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), ends[0])
    writing, _ = await loop.connect_write_pipe(asyncio.Protocol, ends[1])
    writing.write(b"through a pipe")
    writing.close()
    came = await reader.read()
    reading.close()
    return came


async def heard_signal():
    """Send this process a signal; return it as a callback of the loop heard it."""
    loop = asyncio.get_running_loop()
    heard = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, heard.set_result, signal.SIGUSR1)
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        return await heard
    finally:
        loop.remove_signal_handler(signal.SIGUSR1)


async def threads_asked_for(host):
    """Connect to a peer on this host; return how often a helper thread was needed."""
    helpers = Counting()
    asyncio.get_running_loop().set_default_executor(helpers)
    async with tcp_peer() as (_, port):
        await ask(asyncio.open_connection(host, port, family=socket.AF_INET), b"hello\n")
    return helpers.handed


async def udp_exchange():
    """Send a datagram to a peer, and wait for the one in return."""
    async with (
        letters(answers=True, local_addr=("127.0.0.1", 0)) as peer,
        letters(remote_addr=peer.transport.get_extra_info("sockname")) as mine,
    ):
        mine.transport.sendto(b"over udp")
        return await mine.came.get()


async def unix_exchange(path):
    """Ask a peer whose socket has a name in the file system."""
    async with unix_peer(path):
        return await ask(asyncio.open_unix_connection(path), b"over unix\n")


async def refusal_of_a_file(path):
    """Ask the loop to read a file as it reads a pipe; return the exception in which that ends."""
    loop = asyncio.get_running_loop()
    with open(path, "rb") as file:  # noqa: ASYNC230, PTH123 - a file is what is refused
        try:
            await loop.connect_read_pipe(asyncio.Protocol, file)
        except ValueError as error:
            return error
    return None
