"""A program that asks three hosts at once prints three announcements, and then what the head of each answer says."""

import pytest

from concurrency_lib import _fetching_answers, _fetching_targets, fetching
from spec.async_io import fetch_broken
from spec.async_io.fetch_bytes import INTERIM, NO_URLS, block, read
from spec.async_io.fetch_hosts import answers, host, says, three_addresses
from spec.async_io.fetch_three import heads_printed, heads_sent, in_step, requests_made
from spec.async_io.fetch_waits import raised_in
from spec.async_io.loop_samples import ran_in
from spec.async_io.targets import programs_executed
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import before, can_fork
from spec.support.programs import sample

claim = Claim(
    zh="一次向三台主机发请求的程序，先打印三行“开始”，再逐一打印各家的状态行和响应头，遇到空行就停，正文不读。",
    decides={"asyncio.sample21-output": (688, 711)},
    ruling=Outdated(
        since="3.11",
        condition=before(3, 11),
        because="its decorator is gone since Python 3.11, and so is the wait for bare coroutines; since 3.14 there is "
        "no loop to be had before one is made",
        correction=Text(
            en="Written with async and await, a TaskGroup and asyncio.run, the program prints what is shown, and its "
            "announcements in the order of the hosts besides.",
            zh="改用 async/await、TaskGroup 和 asyncio.run 之后，程序的输出和示例一样，而且“开始”那几行还会按主机的"
            "顺序排列。",
        ),
        references=[
            "https://docs.python.org/3/whatsnew/3.11.html#removed",
            "https://docs.python.org/3/library/asyncio-task.html#task-groups",
        ],
    ),
    needs=[can_fork, three_addresses],
)

AS_TOLD = sample(__file__, "wget_as_told").source
TODAY = sample(__file__, "wget_today")
SAID = [("Server", "first"), ("Kept", "as it is"), ("Server", "again")]


@documents_word(ends_in=AttributeError, match="coroutine")
def test_it_runs_as_it_stands(clean_room):
    """With the decorator of its day the program announces three requests and prints three heads."""
    with in_step() as hosts:
        places = [each.place for each in hosts]
        lines = clean_room.run(programs_executed.execute, AS_TOLD, *places)

        assert sorted(lines[:3]) == [f"asking {place}" for place in places]
        assert heads_printed(lines, places) == heads_sent(places)


def test_its_modern_form_prints_what_was_meant(clean_room, evidence):
    """With async and await it prints three announcements, in order, and each host's head up to its blank line."""
    with in_step() as hosts:
        places = [each.place for each in hosts]
        ran = ran_in(clean_room, TODAY, *places).show(evidence, "three hosts, asked at once")

    assert ran.lines[:3] == [f"asking {place}" for place in places]
    assert len(ran.lines) == 9
    assert heads_printed(ran.lines, places) == heads_sent(places)
    assert [each.requests for each in hosts] == requests_made(places)


def test_the_library_returns_what_a_host_says(run_async):
    """The library returns a host's status line and its fields, all in their order, and finds a field in either case."""

    async def fetched():
        async with host(says(block(404, SAID), b"the body")) as here:
            return here.url, await fetching.head_of(here.url)

    url, head = run_async(fetched())

    assert (head.url, head.version, head.status, head.reason) == (url, "1.1", 404, "so it is")
    assert list(head.fields) == SAID
    assert head.values("SERVER") == ["first", "again"]
    assert head.values("absent") == []


def test_the_library_asks_for_the_head_alone(run_async):
    """The library asks for the path and query of a URL, names the host, wants no body, and follows no redirect."""

    async def request():
        async with host(answers("Location: /elsewhere", status="302 Found")) as here:
            await fetching.head_of(f"{here.url}some/where?this=that#there")
            return here.place, b"".join(here.requests).decode().split("\r\n")

    place, (first, *lines) = run_async(request())

    assert first == "HEAD /some/where?this=that HTTP/1.1"
    assert {f"Host: {place}", "Connection: close"} <= set(lines)


def test_answers_that_announce_another_are_passed_over(run_async):
    """Answers below 200 are passed over, save the one for another protocol, after which no other comes."""
    final, switching = run_async(read(INTERIM + block(204, []))), run_async(read(block(101, []) + block(200, [])))

    assert (final.status, switching.status) == (204, 101)


@pytest.mark.parametrize("url", NO_URLS.values(), ids=NO_URLS)
def test_no_request_for_what_is_no_url(run_async, url):
    """Among URLs one that cannot be asked for is a ValueError, and nothing is sent to the others."""

    async def requests():
        async with host(answers()) as here:
            return await raised_in(fetching.heads_of([here.url, url])), here.requests

    error, asked = run_async(requests())

    assert isinstance(error, ValueError)
    assert asked == []


@saboteur(caught_by=test_it_runs_as_it_stands, restores=True)
def asyncio_of_2019(patch):
    """There is a decorator, a wait for coroutines, and a loop to be had."""
    patch.here(AS_TOLD=sample(__file__, "wget_world_of_2019").source + AS_TOLD)


@saboteur(caught_by=test_its_modern_form_prints_what_was_meant)
def program_that_reads_the_body(patch):
    """The program goes on after the blank line."""
    patch.here(TODAY=TODAY.replacing('not in (b"\\r\\n", b"\\n", b"")', '!= b""'))


@saboteur(caught_by=test_the_library_returns_what_a_host_says)
def fields_in_a_dictionary(patch):
    """A field that is repeated replaces the one before."""
    patch.setattr(_fetching_answers, "parse", fetch_broken.parse_into_a_dictionary)


@saboteur(caught_by=test_the_library_asks_for_the_head_alone)
def request_without_a_host(patch):
    """The request does not say for whom it is."""
    patch.setattr(_fetching_targets.Target, "request", lambda target: f"HEAD {target.path} HTTP/1.1\r\n\r\n".encode())


@saboteur(caught_by=test_answers_that_announce_another_are_passed_over)
def first_answer_taken(patch):
    """The first answer is taken for the last."""
    patch.setattr(_fetching_answers, "ANNOUNCING", range(0))


@saboteur(caught_by=test_no_request_for_what_is_no_url)
def urls_left_out(patch):
    """What is no URL is left out."""
    patch.setattr(fetching, "targets_of", fetch_broken.target_of_the_first)
