"""What one event loop does, it does in one thread, apart from what it hands to threads because it would block."""

import asyncio
import socket
import threading

from spec.async_io import messages_broken_loops
from spec.support import Claim, Condition, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_threads, refusal_of

can_look_up_localhost = Condition(
    "the name localhost can be looked up", lambda: refusal_of("import socket; socket.getaddrinfo('localhost', 0)")
)

claim = Claim(
    zh="一个事件循环所做的事都在同一个线程里，只有会阻塞的部分才交给别的线程。",
    decides={"async.no-switching": 533},
    ruling=HoldsIf(
        condition="no name is to be looked up, and nothing is given to an executor",
        because="a loop switches between callbacks by returning from one and calling the next, for which the system "
        "switches nothing. But names are looked up by a call that blocks, so asyncio has a thread do it; and so does "
        "whatever a program hands to `to_thread` or an executor",
        correction=Text(
            en="Between its callbacks a loop switches no threads. It keeps some for calls that block: for looking up "
            "names, and for what you give them, such as reading files.",
            zh="事件循环在回调之间切换时并不切换线程；不过它会备几个线程来做会阻塞的调用，比如解析域名，"
            "以及你交给它们的活，比如读文件。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-eventloop.html#dns",
            "https://docs.python.org/3/library/asyncio-task.html#running-in-threads",
        ],
    ),
)

CONNECTIONS = 10


async def threads_for(host):
    """Open connections to a host from one loop, and serve them there; return the threads in use beside those before."""
    before = {*threading.enumerate()}
    all_are_open, served_by = asyncio.Event(), []

    async def serve(_, writer):
        served_by.append(threading.current_thread())
        if len(served_by) == CONNECTIONS:
            all_are_open.set()
        await all_are_open.wait()
        writer.close()
        await writer.wait_closed()

    async def connect(port):
        _, writer = await asyncio.open_connection(host, port, family=socket.AF_INET)
        await all_are_open.wait()
        more = {*threading.enumerate()} - before
        writer.close()
        await writer.wait_closed()
        return more

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        seen = await asyncio.gather(*[connect(port) for _ in range(CONNECTIONS)])
    return set.union(*seen), {*served_by}


def test_connections_need_no_further_thread(run_async, evidence):
    """Ten connections are opened and served at the same time by the one thread that there was before."""
    more, served_by = run_async(threads_for("127.0.0.1"))
    evidence.figures("ten connections to an address", {"threads": len(served_by), "threads more": len(more)})

    assert served_by == {threading.current_thread()}
    assert not more


@needs(has_threads, can_look_up_localhost)
def test_names_are_looked_up_in_threads(run_async, evidence):
    """Connections to a name are opened and served in the thread of the loop, but others are there that looked it up."""
    more, served_by = run_async(threads_for("localhost"))
    evidence.figures("ten connections to a name", {"threads": len(served_by), "threads more": len(more)})

    assert served_by == {threading.current_thread()}
    assert more


@needs(has_threads)
def test_an_executor_has_threads_of_its_own(run_async):
    """What is given to `to_thread` runs in another thread, and the loop awaits it."""
    assert run_async(asyncio.to_thread(threading.current_thread)) != threading.current_thread()


@saboteur(caught_by=test_connections_need_no_further_thread)
def loop_that_connects_in_threads(patch):
    """The loop has a thread connect, which may block."""
    patch.loop(messages_broken_loops.ConnectsInThreads)


@saboteur(caught_by=test_names_are_looked_up_in_threads)
def loop_that_looks_up_names_itself(patch):
    """The loop looks names up in its own thread."""
    patch.loop(messages_broken_loops.WithoutThreads)


@saboteur(caught_by=test_an_executor_has_threads_of_its_own)
def executor_without_threads(patch):
    """What is given to the executor is called at once."""
    patch.loop(messages_broken_loops.WithoutThreads)
