"""A client that is written with asyncio waits for many answers at once, however little that may be called."""

import asyncio

import pytest

from concurrency_lib import fetching
from concurrency_lib.fetching import Limits, NotReached
from spec.async_io import fetch_broken
from spec.async_io.fetch_hosts import after, answers, host, hosts
from spec.async_io.fetch_no_answers import nobody_listens, silent
from spec.async_io.fetch_rounds import Rounds
from spec.async_io.fetch_waits import happens, raised_in, until
from spec.support import Claim, Opinion, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="用 asyncio 写的客户端可以同时等待许多应答，至于这算不算威力，见仁见智。",
    decides={"aiohttp.client-only-weak": 719},
    ruling=Opinion(
        because="how much power is little is a judgement; what can be counted is how often a client waits for the "
        "network, and a client that has many servers to ask, as a crawler has, waits once instead of once for each",
    ),
)

REQUESTS = 20


@pytest.mark.parametrize(("at_once", "rounds"), [(20, 1), (4, 5), (1, 20)], ids=["all at once", "some", "one by one"])
def test_a_client_waits_as_often_as_it_must(run_async, evidence, at_once, rounds):
    """Twenty requests of one client wait for the network once, if they are made at once, and else the oftener."""

    async def waits():
        held = Rounds(REQUESTS, at_once)
        async with host(after(held.next_round, answers())) as here:
            asking = fetching.heads_of([here.url] * REQUESTS, limits=Limits(at_once=at_once))
            results, _ = await asyncio.gather(asking, held.go(here))
            return held.count, len(results)

    count, results = run_async(waits())
    evidence.figures("a client", {"requests": results, "at once": at_once, "times it waited": count})

    assert (count, results) == (rounds, REQUESTS)


def test_results_stand_in_the_order_of_the_urls(run_async):
    """Hosts that answer in the opposite order of the URLs have their heads in the order of the URLs."""
    turns = [asyncio.Event() for _ in range(4)]
    turns[-1].set()

    def answer(number):
        async def behave(reader, writer):
            await turns[number + 1].wait()
            await answers(status=f"20{number} OK")(reader, writer)
            turns[number].set()

        return behave

    async def fetched():
        async with hosts([answer(number) for number in range(3)]) as found:
            return await fetching.heads_of([each.url for each in found])

    assert [head.status for head in run_async(fetched())] == [200, 201, 202]


def test_no_more_at_once_than_allowed(run_async):
    """With room for two, the library asks for a third head when it has one of the first."""
    gate = asyncio.Event()

    async def fetched():
        async with host(after(gate.wait, answers())) as here:
            everything = asyncio.ensure_future(fetching.heads_of([here.url] * 5, limits=Limits(at_once=2)))
            await until(lambda: len(here.requests) >= 2)
            too_many = await happens(lambda: len(here.open) > 2)
            gate.set()
            return too_many, await everything

    too_many, heads = run_async(fetched())

    assert not too_many
    assert len(heads) == 5


def test_a_fetch_that_is_cancelled_closes_its_connections(run_async):
    """When a fetch is cancelled the hosts see their connections end."""

    async def still_open():
        async with hosts([silent] * 3) as found:
            everything = asyncio.ensure_future(fetching.heads_of([each.url for each in found]))
            await until(lambda: all(each.requests for each in found))
            everything.cancel()
            await asyncio.wait([everything])
            await until(lambda: not any(each.open for each in found))
            return everything.cancelled()

    assert run_async(still_open())


def test_who_asks_for_one_host_has_its_failure_raised(run_async):
    """A name that cannot be one, and a refused connection, are NotReached: raised, with the URL, for a single host."""

    async def failures():
        with nobody_listens() as refused:
            urls = [refused, f"http://{'a' * 64}.test/"]
            return urls, [await raised_in(fetching.head_of(url)) for url in urls]

    urls, errors = run_async(failures())

    assert [(type(error), getattr(error, "url", None)) for error in errors] == [(NotReached, url) for url in urls]
    assert all(url in str(error) for url, error in zip(urls, errors, strict=True))


@pytest.mark.parametrize("limit", ["at_once", "seconds", "size"])
def test_limits_are_positive(limit):
    """A limit of nothing is refused with ValueError."""
    assert isinstance(raised_by(Limits, **{limit: 0}), ValueError)


@saboteur(caught_by=test_results_stand_in_the_order_of_the_urls)
def results_as_they_come(patch):
    """The first result is that of the host which answers first."""
    patch.setattr(fetching, "fetch_all", fetch_broken.fetch_all_as_they_come)


@saboteur(caught_by=test_no_more_at_once_than_allowed)
def room_for_all(patch):
    """The number of hosts at a time is not looked at."""
    fetch_all = fetching.fetch_all
    patch.setattr(fetching, "fetch_all", lambda targets, _, tls: fetch_all(targets, Limits(), tls))


@saboteur(caught_by=test_a_fetch_that_is_cancelled_closes_its_connections, hangs=True)
def fetch_that_goes_on(patch):
    """A fetch goes on, whoever is cancelled."""
    fetch = fetching.fetch
    patch.setattr(fetching, "fetch", lambda *of: asyncio.shield(fetch(*of)))


@saboteur(caught_by=test_who_asks_for_one_host_has_its_failure_raised)
def failure_that_is_returned(patch):
    """The failure is handed over as if it were a head."""
    patch.setattr(fetching, "head_of", fetch_broken.head_or_failure)


@saboteur(caught_by=test_limits_are_positive)
def limits_of_nothing(patch):
    """Limits are taken as they come."""
    patch.setattr(Limits, "__post_init__", lambda _: None)
