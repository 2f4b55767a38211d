"""With asyncio one thread has the input and output of many connections under way at once."""

import asyncio
import threading

from concurrency_lib import fetching
from spec.async_io import fetch_broken, fetch_waits, web_broken, web_here
from spec.async_io.fetch_hosts import after, answers, host, hosts_in_a_thread
from spec.async_io.web_gates import Gate, connected, get, request, status_of
from spec.async_io.web_here import has_aiohttp, serving
from spec.support import Claim, Holds, needs, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="有了 asyncio，一个线程就能让许多连接的输入输出同时进行。",
    decides={"aiohttp.asyncio-single-thread-io": 719},
    ruling=Holds(),
)

HOSTS = 100


def test_a_hundred_heads_are_fetched_by_one_thread(run_async, evidence):
    """A hundred requests of the library wait for their answers at the same time, and no thread is begun for them."""
    before = {*threading.enumerate()}

    async def fetched():
        gate = asyncio.Event()
        async with host(after(gate.wait, answers())) as here:
            everything = asyncio.ensure_future(fetching.heads_of([here.url] * HOSTS))
            await fetch_waits.until(lambda: len(here.requests) == HOSTS)
            seen = len(here.open), len({*threading.enumerate()} - before)
            gate.set()
            return *seen, await everything

    open_at_once, more_threads, heads = run_async(fetched())
    evidence.figures("one thread", {"requests open at once": open_at_once, "threads beside it": more_threads})

    assert (open_at_once, more_threads) == (HOSTS, 0)
    assert [head.status for head in heads] == [200] * HOSTS


def test_without_a_loop_it_makes_one_and_closes_it(loop_factory):
    """The plain function runs in a loop of its caller's making, and closes it."""
    made = []

    def make():
        made.append(loop_factory())
        return made[-1]

    with hosts_in_a_thread([answers()]) as (here,):
        (head,) = fetching.fetch_heads([here.url], loop_factory=make)

    assert head.status == 200
    assert [loop.is_closed() for loop in made] == [True]


def test_within_a_loop_the_plain_function_is_refused(run_async):
    """Where a loop runs already, the plain function is a RuntimeError and sends nothing."""

    async def refused():
        async with host(answers()) as here:
            return raised_by(fetching.fetch_heads, [here.url]), here.requests

    error, requests = run_async(refused())

    assert isinstance(error, RuntimeError)
    assert requests == []


@needs(has_aiohttp)
def test_a_slow_request_holds_up_no_quick_one(run_async):
    """While one request is held, another client is answered."""

    async def served():
        gate = Gate()
        async with serving(gate.hold) as site, asyncio.TaskGroup() as clients:
            slow = clients.create_task(get(f"{site.url}slow"))
            await fetch_waits.until(lambda: gate.waiting)
            quick, still = await get(f"{site.url}free"), not slow.done()
            gate.opened.set()
            return quick, still, await slow

    assert run_async(served()) == ("free", True, "slow")


@needs(has_aiohttp)
def test_work_that_raises_costs_its_own_answer(run_async, caplog):
    """Work that raises is answered with 500, and the next request as ever."""

    async def served():
        async with serving(Gate().hold) as site:
            return [await status_of(f"{site.url}{name}") for name in ("raise", "free")], site.load.in_flight

    assert run_async(served()) == ([500, 200], 0)
    assert [record.exc_info[0] for record in caplog.records] == [ValueError]


@needs(has_aiohttp)
def test_work_for_a_client_that_is_gone_is_cancelled(run_async):
    """When its client goes away the work is cancelled, and counts no more."""

    async def served():
        gate = Gate()
        async with serving(gate.hold) as site:
            async with connected(site.url) as (_, writer):
                writer.write(request(f"{site.url}slow"))
                await fetch_waits.until(lambda: gate.waiting)
            await fetch_waits.until(lambda: not site.load.in_flight)
            cancelled = list(gate.cancelled)
            gate.opened.set()
            return cancelled

    assert run_async(served()) == ["slow"]


@saboteur(caught_by=test_a_hundred_heads_are_fetched_by_one_thread, hangs=True)
def heads_fetched_in_turn(patch):
    """The library asks for a head when it has the one before."""
    patch.setattr(fetching, "fetch_all", fetch_broken.fetch_all_in_turn)


@saboteur(caught_by=test_without_a_loop_it_makes_one_and_closes_it)
def loop_of_its_own(patch):
    """The plain function makes the loop that asyncio would make."""
    patch.setattr(fetching, "fetch_heads", fetch_broken.fetch_heads_in_another_loop)


@saboteur(caught_by=test_within_a_loop_the_plain_function_is_refused)
def loop_beside_the_loop(patch):
    """The plain function goes into a thread where a loop runs."""
    patch.setattr(fetching, "fetch_heads", fetch_broken.fetch_heads_in_a_thread)


@saboteur(caught_by=test_a_slow_request_holds_up_no_quick_one, hangs=True)
def work_that_takes_turns(patch):
    """A request is worked on when the one before it is answered."""
    patch.here(serving=lambda work: web_here.serving(web_broken.in_turn(work)))


@saboteur(caught_by=test_work_that_raises_costs_its_own_answer)
def failure_that_is_an_answer(patch):
    """What the work raises is sent to the client as its answer."""
    patch.here(serving=lambda work: web_here.serving(web_broken.answering_whatever_comes(work)))


@saboteur(caught_by=test_work_for_a_client_that_is_gone_is_cancelled)
def work_that_goes_on(patch):
    """The work is not told that its client is gone."""
    patch.here(serving=lambda work: web_here.serving(web_broken.for_good(work)))
