"""Python supports asynchronous input and output by itself: asyncio needs nothing that is not in the library."""

import asyncio
import socket
import threading
from functools import partial

from spec.async_io.loop_broken import Deaf, TakesFiles
from spec.async_io.loop_exchanges import refusal_of_a_file, udp_exchange, unix_exchange
from spec.async_io.loop_exchanges_broken import hang_up, in_this_thread, unchanged
from spec.async_io.loop_peers import ask, tcp_peer
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.deadlines import deadline, overdue

claim = Claim(
    zh="Python 自带对异步输入输出的支持：asyncio 不需要标准库以外的任何东西。",
    decides={"asyncio.builtin-async-io": 635},
    ruling=HoldsIf(
        condition="what is waited for is a socket or a pipe, and not a regular file",
        because="the loop asks the system which descriptors are ready, and a regular file always is: reading one "
        "blocks the thread, so asyncio refuses it, and offers no other way than a helper thread",
        correction=Text(
            en="Sockets and pipes are waited for without blocking; a file is read in a thread, by to_thread.",
            zh="套接字和管道可以不阻塞地等待；普通文件则要用 to_thread 放到线程里去读。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio.html",
            "https://man7.org/linux/man-pages/man7/epoll.7.html",
        ],
    ),
)

in_a_thread = asyncio.to_thread


async def tcp_exchange():
    """Ask a peer over TCP."""
    async with tcp_peer() as (host, port):
        return await ask(asyncio.open_connection(host, port), b"over tcp\n")


async def pair_exchange():
    """Ask a peer over two sockets that were made as a pair, each with a stream."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        reader, writer = await asyncio.open_connection(sock=theirs)
        asking = asyncio.create_task(ask(asyncio.open_connection(sock=ours), b"over a pair\n"))
        writer.write((await reader.readline()).upper())
        writer.close()
        await writer.wait_closed()
        return await asking


def test_tcp(run_async):
    """A coroutine asks a peer over TCP, and is answered."""
    assert run_async(tcp_exchange()) == b"OVER TCP\n"


def test_udp(run_async):
    """A coroutine sends a datagram over UDP, and gets the one in return."""
    assert run_async(udp_exchange()) == b"OVER UDP"


def test_unix_sockets(run_async, tmp_path):
    """A coroutine asks a peer over a socket of the file system, and is answered."""
    assert run_async(unix_exchange(str(tmp_path / "peer"))) == b"OVER UNIX\n"


def test_pairs_of_sockets(run_async):
    """A coroutine asks over a socket that it was handed, and is answered by another one."""
    assert run_async(pair_exchange()) == b"OVER A PAIR\n"


def test_a_file_is_refused(run_async, tmp_path, evidence):
    """A regular file is refused with ValueError where a pipe would be read."""
    (tmp_path / "file").write_bytes(b"there")
    error = run_async(refusal_of_a_file(tmp_path / "file"))
    evidence.transcript("a file in the place of a pipe", "loop.connect_read_pipe(…)", str(error), "raised")

    assert isinstance(error, ValueError)


def test_a_file_is_read_in_a_thread(run_async, tmp_path):
    """In a helper thread a file is read while the loop goes on."""
    (tmp_path / "file").write_bytes(b"there")
    loop_goes_on = threading.Event()

    def read():
        if not loop_goes_on.wait(deadline()):
            raise overdue("a loop that goes on")
        return (tmp_path / "file").read_bytes()

    async def read_and_go_on():
        reading = asyncio.create_task(in_a_thread(read))
        asyncio.get_running_loop().call_soon(loop_goes_on.set)
        return await reading

    assert run_async(read_and_go_on()) == b"there"


@saboteur(caught_by=test_tcp)
def peer_that_says_something_else_over_tcp(patch):
    """The peer over TCP does not change what it was asked."""
    patch.here(tcp_peer=partial(tcp_peer, unchanged))


@saboteur(caught_by=test_udp, hangs=True)
def loop_that_hears_no_datagram(patch):
    """The loop forgets whom to call when a datagram has come."""
    patch.loop(Deaf)


@saboteur(caught_by=test_unix_sockets, hangs=True)
def loop_that_hears_no_socket(patch):
    """The loop forgets whom to call when a connection can be read."""
    patch.loop(Deaf)


@saboteur(caught_by=test_pairs_of_sockets)
def question_that_is_not_asked(patch):
    """The connection over the pair is closed without a word."""
    patch.here(ask=hang_up)


@saboteur(caught_by=test_a_file_is_read_in_a_thread, hangs=True)
def read_in_the_loop_s_thread(patch):
    """The file is read in the thread of the loop."""
    patch.here(in_a_thread=in_this_thread)


@saboteur(caught_by=test_a_file_is_refused)
def loop_that_takes_files(patch):
    """The loop takes a file, and has nothing to read it with."""
    patch.loop(TakesFiles)
