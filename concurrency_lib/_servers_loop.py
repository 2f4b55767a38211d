"""One process with an event loop, and a task in it for each connection."""

from __future__ import annotations

import asyncio
import inspect
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from concurrency_lib._servers_lines import (
    PAUSE,
    Limits,
    as_line,
    leave_interrupts_to_the_caller,
    tell_of_delay,
    tell_of_failure,
)

Handle = Callable[[bytes], bytes | Awaitable[bytes]]


def serve_for_good(
    listener: socket.socket,
    lifeline: int,
    handle: Handle,
    limits: Limits,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None,
) -> None:
    """Serve in an event loop of this process, until the lifeline has something to read or its other end is closed."""
    leave_interrupts_to_the_caller()
    listener.settimeout(0)
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(serve(listener, lifeline, handle, limits))


async def serve(listener: socket.socket, lifeline: int, handle: Handle, limits: Limits) -> None:
    """Serve until the end; the tasks that are left are cancelled with the loop."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(lifeline, over.set)
    accepting = loop.create_task(accept_all(listener, handle, limits))
    await over.wait()
    loop.remove_reader(lifeline)
    accepting.cancel()


async def accept_all(listener: socket.socket, handle: Handle, limits: Limits) -> None:
    """Accept connections, no more than a process may have at once, each for a task of its own."""
    loop, room, tasks = asyncio.get_running_loop(), asyncio.Semaphore(limits.connections), set[asyncio.Task[None]]()

    def leave(task: asyncio.Task[None]) -> None:
        tasks.discard(task)
        room.release()

    while True:
        await room.acquire()
        connection = await next_connection(loop, listener)
        task = loop.create_task(converse(connection, handle, limits))
        tasks.add(task)
        task.add_done_callback(leave)


async def next_connection(loop: asyncio.AbstractEventLoop, listener: socket.socket) -> socket.socket:
    """Accept a connection, in the end: one whose client is gone already counts for nothing."""
    while True:
        try:
            connection, _ = await loop.sock_accept(listener)
        except OSError:
            await asyncio.sleep(PAUSE)
        else:
            return connection


async def converse(connection: socket.socket, handle: Handle, limits: Limits) -> None:
    """Answer the requests of one client, until it sends no more, or something else."""
    reader, writer = await asyncio.open_connection(sock=connection, limit=limits.line)
    try:
        async with asyncio.timeout(limits.seconds) as time_limit:
            while (request := await next_request(reader)) is not None:
                writer.write(as_line(await answer_to(request, handle)))
                with suppress(ConnectionError):
                    await writer.drain()
            await close(writer)
    except Exception as error:  # noqa: BLE001 - a handler may raise anything, and harms its own connection alone
        if time_limit.expired():
            tell_of_delay(limits.seconds)
        else:
            tell_of_failure(error)
    finally:
        writer.transport.abort()


async def next_request(reader: asyncio.StreamReader) -> bytes | None:
    """Read a request; None where there is none, or one that is too long."""
    try:
        return (await reader.readuntil(b"\n"))[:-1]
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None


async def answer_to(request: bytes, handle: Handle) -> bytes:
    """Have the handler make its answer, at once or in a while."""
    answer = handle(request)
    return await answer if inspect.isawaitable(answer) else answer


async def close(writer: asyncio.StreamWriter) -> None:
    """Send what is left to send, and close."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
