"""A web server that is one thread of coroutines serves hundreds of slow requests at once."""

import asyncio
import re
import threading

import pytest

from spec.async_io import web_broken, web_here
from spec.async_io.fetch_hosts import three_addresses
from spec.async_io.fetch_waits import until
from spec.async_io.web_crowds import all_held, descriptors_for, first_line, many_connections, room_for_a_thousand
from spec.async_io.web_gates import Gate, get, held_meanwhile, open_when_refused, read_slowly, status_of
from spec.async_io.web_here import has_aiohttp, serving
from spec.support import Claim, Holds, needs, saboteur

claim = Claim(
    zh="由一个线程里的协程构成的 Web 服务器，可以同时应付几百个慢请求。",
    decides={"aiohttp.server-high-concurrency": 719},
    ruling=Holds(),
    needs=[has_aiohttp],
)

REQUESTS = 200
CONNECTIONS = 1000


def test_two_hundred_slow_requests_are_open_in_one_thread(run_async, evidence):
    """Two hundred requests wait at the same time in the one thread of the loop, and all are answered when they may."""

    async def served():
        gate = Gate()
        async with serving(gate.hold) as site:
            return *await all_held(gate, site, REQUESTS), site.load

    open_at_once, answers, load = run_async(served())
    evidence.figures("slow requests", {"open at once": load.peak, "threads": len(load.threads)})

    assert (open_at_once, load.peak, load.begun, load.in_flight) == (REQUESTS, REQUESTS, REQUESTS, 0)
    assert load.threads == {threading.get_ident()}
    assert answers == [str(number) for number in range(REQUESTS)]


@needs(three_addresses)
@pytest.mark.parametrize("address", [None, "127.0.0.2"], ids=["none", "another"])
def test_it_listens_where_it_is_told_to(run_async, address):
    """Without an address a site is on the loopback, else on that address, each on a port that was free."""
    given = {"address": (address, 0)} if address else {}

    async def served():
        async with serving(Gate().hold, **given) as site:
            return site.url, await status_of(f"{site.url}free")

    url, status = run_async(served())

    assert re.fullmatch(rf"http://{address or '127.0.0.1'}:[1-9]\d*/", url)
    assert status == 200


@needs(room_for_a_thousand)
def test_a_thousand_connections_stay_open(run_async, evidence):
    """A thousand clients keep their connections open, and the last of them is answered as the first is."""

    async def served():
        gate = Gate()
        async with serving(gate.hold) as site, many_connections(site.url, CONNECTIONS) as clients:
            lines = [await first_line(clients[each], f"{site.url}free") for each in (0, CONNECTIONS // 2, -1)]
            return lines, len(asyncio.all_tasks()), site.load

    with descriptors_for(CONNECTIONS):
        lines, tasks, load = run_async(served())
    evidence.figures("open connections", {"connections": CONNECTIONS, "tasks": tasks, "threads": len(load.threads)})

    assert lines == [b"HTTP/1.1 200 OK"] * 3
    assert tasks > CONNECTIONS
    assert load.threads == {threading.get_ident()}


def test_too_much_work_is_refused_at_once(run_async):
    """With room for one, a second request is answered with 503 while the first is held."""

    async def served():
        gate = Gate()
        async with serving(gate.hold, at_most=1) as site:
            return *await held_meanwhile(gate, site.url), site.load.peak

    assert run_async(served()) == (200, 503, 1)


def test_what_is_in_flight_at_the_end_is_answered(run_async):
    """A site that ends takes no more connections, and lets what is in flight come to its answer."""

    async def served():
        gate = Gate()
        async with asyncio.TaskGroup() as clients, serving(gate.hold, grace=30.0) as site:
            slow = clients.create_task(get(f"{site.url}slow"))
            await until(lambda: gate.waiting)
            late = clients.create_task(open_when_refused(site.url, gate.opened))
        return slow.result(), late.result()

    assert run_async(served()) == ("slow", "ConnectionRefusedError")


def test_what_takes_longer_is_cancelled(run_async):
    """Work that is not done when the grace of an ending site is over is cancelled."""

    async def served():
        gate = Gate()
        async with asyncio.TaskGroup() as clients, serving(gate.hold, grace=0.001) as site:
            clients.create_task(read_slowly(site.url))
            await until(lambda: gate.waiting)
        return gate.cancelled, site.load.in_flight

    assert run_async(served()) == (["slow"], 0)


@saboteur(caught_by=test_two_hundred_slow_requests_are_open_in_one_thread, hangs=True)
def work_that_takes_turns(patch):
    """A request is worked on when the one before it is answered."""
    patch.here(REQUESTS=3, serving=lambda work: web_here.serving(web_broken.in_turn(work)))


@saboteur(caught_by=test_it_listens_where_it_is_told_to)
def site_at_another_address(patch):
    """The site listens where nobody told it to."""
    patch.here(serving=lambda work: web_here.serving(work, address=("127.0.0.3", 0)))


@saboteur(caught_by=test_a_thousand_connections_stay_open)
def site_that_is_full(patch):
    """The site has no room for a request."""
    patch.here(CONNECTIONS=10, serving=lambda work: web_here.serving(work, at_most=0))


@saboteur(caught_by=test_too_much_work_is_refused_at_once)
def room_for_everything(patch):
    """The site takes any number of requests."""
    patch.here(serving=lambda work, **_: web_here.serving(work))


@saboteur(caught_by=test_what_is_in_flight_at_the_end_is_answered)
def end_without_grace(patch):
    """A site that ends cancels everything at once."""
    web_broken.patch_patience(patch, 0.0)


@saboteur(caught_by=test_what_takes_longer_is_cancelled, hangs=True)
def end_with_all_the_time(patch):
    """A site that ends waits for however long its work takes."""
    web_broken.patch_patience(patch, 60.0)
