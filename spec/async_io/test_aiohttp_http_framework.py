"""aiohttp is a framework for HTTP that runs as tasks in an event loop of asyncio, which has no HTTP of its own."""

import asyncio
import pkgutil
import sys

import pytest

from concurrency_lib import _fetching_answers, _fetching_heads, fetching
from spec.async_io import fetch_broken, fetch_bytes, web_broken
from spec.async_io.fetch_bytes import block, pieces, read
from spec.async_io.fetch_hosts import answers, host
from spec.async_io.web_here import has_aiohttp
from spec.support import Claim, Holds, needs, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="aiohttp 是建立在 asyncio 之上的 HTTP 框架；asyncio 自己并不懂 HTTP。",
    decides={"aiohttp.http-framework": 721},
    ruling=Holds(),
)

BODY = "body"
ASYNCIO = sorted([*vars(asyncio), *(module.name for module in pkgutil.iter_modules(asyncio.__path__))])
STANDARD = sys.stdlib_module_names


def test_asyncio_has_no_http():
    """No name and no module of asyncio speaks of HTTP, and aiohttp is not part of the standard library."""
    assert "open_connection" in ASYNCIO
    assert not [name for name in ASYNCIO if "http" in name.lower()]
    assert "asyncio" in STANDARD
    assert "aiohttp" not in STANDARD


@needs(has_aiohttp)
def test_its_requests_are_handled_in_tasks_of_the_loop(run_async, evidence):
    """A request to aiohttp's server is handled in a task of the loop that runs, another than that of its client."""
    from concurrency_lib import web  # noqa: PLC0415

    seen = []

    async def work(name):
        seen.append((asyncio.get_running_loop(), asyncio.current_task()))
        return f"worked on {name}"

    async def served():
        async with web.serving(work) as site:
            head = await fetching.head_of(f"{site.url}this")
        return asyncio.get_running_loop(), asyncio.current_task(), head

    loop, client, head = run_async(served())
    evidence.figures("aiohttp's answer", dict(head.fields))

    assert head.status == 200
    assert [own for own, _ in seen] == [loop]
    assert [isinstance(task, asyncio.Task) and task is not client for _, task in seen] == [True]


@needs(has_aiohttp)
def test_its_client_asks_in_the_loop(run_async):
    """A client of aiohttp fetches from a host that is written with streams of asyncio, in the same loop."""
    import aiohttp  # noqa: PLC0415

    async def fetched():
        async with (
            host(answers("Content-Length: 4", body=BODY)) as here,
            aiohttp.ClientSession() as session,
            session.get(here.url) as answer,
        ):
            return answer.status, await answer.text(), here.requests

    status, body, (request,) = run_async(fetched())

    assert (status, body) == (200, "body")
    assert request.startswith(b"GET / HTTP/1.1\r\n")


def test_a_head_may_come_in_any_pieces(run_async):
    """Whatever a head says, however its lines end and in whatever pieces it comes, the library understands it."""

    @for_any(*fetch_bytes.HEADS, examples=20)
    def is_understood(status, said, ending, body, cuts):
        whole = block(status, said, ending) + body.encode("latin-1")
        head = run_async(read(*pieces(whole, cuts)))

        assert isinstance(head, fetching.Head)
        assert (head.status, list(head.fields)) == (status, said)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"Name: one\r\n  two\r\n\tthree", "one two three"),
        (b"Name:value", "value"),
        (b"Name: \tvalue \t", "value"),
        (b"Name:", ""),
        ("Name: gr\u00fcn".encode("latin-1"), "gr\u00fcn"),
        ("Name: gr\u00fcn".encode(), "gr\u00c3\u00bcn"),
    ],
    ids=["folded", "no blank", "blanks around it", "nothing", "Latin-1", "UTF-8"],
)
def test_a_value_is_what_stands_after_the_colon(run_async, line, value):
    """A value has no blanks around it, one for each fold, and one character for each byte."""
    head = run_async(read(b"HTTP/1.0 200 OK\r\n" + line + b"\r\n\r\n"))

    assert isinstance(head, fetching.Head)
    assert head.fields == (("Name", value),)


@saboteur(caught_by=test_asyncio_has_no_http)
def asyncio_with_http(patch):
    """There is a module for HTTP in asyncio."""
    patch.here(ASYNCIO=[*ASYNCIO, "http_server"])


@saboteur(caught_by=test_its_requests_are_handled_in_tasks_of_the_loop)
def server_with_a_loop_for_each_request(patch):
    """Each request is worked on in a thread with a loop of its own."""
    from concurrency_lib import web  # noqa: PLC0415

    made = web.application
    patch.setattr(web, "application", lambda work, **options: made(web_broken.elsewhere(work), **options))


@saboteur(caught_by=test_its_client_asks_in_the_loop)
def host_that_says_something_else(patch):
    """The host's answer has another body."""
    patch.here(BODY="else")


@saboteur(caught_by=test_a_head_may_come_in_any_pieces)
def blank_line_in_one_piece(patch):
    """The blank line is looked for in each piece by itself."""
    patch.setattr(_fetching_answers, "end_of_block", fetch_broken.blank_line_in_one_piece)


@saboteur(caught_by=test_a_value_is_what_stands_after_the_colon)
def folds_that_are_fields(patch):
    """A folded value is cut where the line ends."""
    patch.setattr(_fetching_heads, "unfolded", fetch_broken.cut_at_the_fold)
