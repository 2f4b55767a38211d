"""Three downloads that run as tasks of one event loop overlap: all three are asked for before any answer has come."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from concurrency_lib import fetching
from concurrency_lib.fetching import Head, Limits, NotInTime
from spec.async_io import fetch_broken
from spec.async_io.fetch_hosts import THREE, after, answers, host, hosts, three_addresses
from spec.async_io.fetch_names import names_held
from spec.async_io.fetch_waits import happens, results_after, served, until
from spec.support import Claim, HoldsIf, Text, needs, saboteur

claim = Claim(
    zh="三个下载作为同一个事件循环里的任务运行，彼此重叠：还没有任何一个得到答复，三个请求就都已发出。",
    decides={"asyncio.wget-concurrent": (708, 710)},
    ruling=HoldsIf(
        condition="each is a task, and it is the waits for the network that overlap, not the lookups of names",
        because="coroutines that are awaited one by one overlap nowhere; and the system has no lookup that could be "
        "waited for in a loop, so that asyncio makes it in threads beside it, of which there are only so many",
        correction=Text(
            en="In one thread overlap the connections, the requests and the answers; a name that is no address costs a "
            "thread for as long as its lookup takes.",
            zh="在同一个线程里重叠的是连接、请求和应答；如果给的是域名而不是地址，查询期间还要另占一个线程。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.getaddrinfo",
            "https://docs.python.org/3/library/asyncio-task.html#creating-tasks",
        ],
    ),
)


async def ask(here):
    """Fetch a head with the streams of asyncio alone."""
    reader, writer = await asyncio.open_connection(here.address, here.port)
    try:
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        return await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()
        await writer.wait_closed()


async def as_tasks(functions):
    return await asyncio.gather(*(each() for each in functions))


async def one_by_one(functions):
    return [await each() for each in functions]


together, in_turn, connect = as_tasks, one_by_one, asyncio.open_connection


@needs(three_addresses)
def test_three_requests_are_open_at_once(run_async, evidence):
    """Three hosts that answer only when all of them were asked are all asked by one thread, and all answer."""
    gate = asyncio.Event()
    before = {*threading.enumerate()}

    async def fetched():
        async with hosts([after(gate.wait, answers())] * 3, THREE) as found:
            everything = asyncio.ensure_future(together([partial(ask, each) for each in found]))
            await until(lambda: all(each.requests for each in found))
            seen = [len(each.open) for each in found], len({*threading.enumerate()} - before)
            gate.set()
            return *seen, await everything

    opened, more_threads, heads = run_async(fetched())
    evidence.figures("three hosts", {"requests open at once": sum(opened), "threads beside the loop's": more_threads})

    assert (opened, more_threads) == ([1, 1, 1], 0)
    assert len(heads) == 3


def test_awaited_one_by_one_they_do_not_overlap(run_async):
    """Of the same three coroutines, awaited one by one, the second asks when the first has its answer."""
    gate = asyncio.Event()

    async def requests():
        async with hosts([after(gate.wait, answers()), answers(), answers()]) as found:
            everything = asyncio.ensure_future(in_turn([partial(ask, each) for each in found]))
            await until(lambda: found[0].requests)
            meanwhile = await happens(lambda: found[1].requests or found[2].requests)
            gate.set()
            await everything
            return meanwhile, [len(each.requests) for each in found]

    assert run_async(requests()) == (False, [1, 1, 1])


def test_a_name_is_looked_up_in_another_thread(run_async, evidence):
    """A name is looked up by asyncio in a thread beside the loop's, and an address in none."""

    async def threads_for(name):
        begun = []
        async with host(answers()) as here:
            with ThreadPoolExecutor(initializer=lambda: begun.append(threading.current_thread())) as helpers:
                asyncio.get_running_loop().set_default_executor(helpers)
                _, writer = await connect(name, here.port)
                writer.close()
                await writer.wait_closed()
        return [thread.name for thread in begun]

    for_address, for_name = run_async(threads_for("127.0.0.1")), run_async(threads_for("localhost"))
    evidence.figures("threads begun to look up", {"an address": len(for_address), "a name": ", ".join(for_name)})

    assert (len(for_address), len(for_name)) == (0, 1)


def test_a_lookup_counts_among_a_hosts_time(run_async):
    """A name whose lookup does not end costs the library that host alone, and is NotInTime."""

    async def fetched():
        async with host(answers()) as here:
            fetch = fetching.heads_of(["http://held.test/", here.url])
            return await results_after(fetch, lambda: asked and served(here), Limits().seconds)

    with names_held() as asked:
        results = run_async(fetched())

    assert [type(each) for each in results] == [NotInTime, Head]


@saboteur(caught_by=test_three_requests_are_open_at_once, hangs=True)
def downloads_in_turn(patch):
    """Each download is begun when the one before it is done."""
    patch.here(together=one_by_one)


@saboteur(caught_by=test_awaited_one_by_one_they_do_not_overlap)
def downloads_as_tasks(patch):
    """The coroutines that were to be awaited one by one are tasks."""
    patch.here(in_turn=together)


@saboteur(caught_by=test_a_name_is_looked_up_in_another_thread)
def lookup_in_the_loop(patch):
    """The name is looked up before asyncio has a say."""
    patch.here(connect=lambda _, port: asyncio.open_connection("127.0.0.1", port))


@saboteur(caught_by=test_a_lookup_counts_among_a_hosts_time, hangs=True)
def lookup_without_a_deadline(patch):
    """A host has all the time that it wants."""
    patch.setattr(fetching, "fetch_each", fetch_broken.fetch_each_without_deadline)
