"""The library's application of aiohttp, broken: for saboteurs to put in its place."""

from __future__ import annotations

import asyncio


def elsewhere(work):
    """Work in a thread with a loop of its own."""

    async def in_thread(name):
        return await asyncio.to_thread(lambda: asyncio.run(work(name)))

    return in_thread


def in_turn(work):
    """Work on one request at a time."""
    turn = asyncio.Lock()

    async def one_at_a_time(name):
        async with turn:
            return await work(name)

    return one_at_a_time


def patch_patience(patch, seconds):
    """Have a site that ends be as patient as this, whatever it was told."""
    from concurrency_lib import web  # noqa: PLC0415

    finish = web.finish
    patch.setattr(web, "finish", lambda load, _: finish(load, seconds))


def for_good(work):
    """Work on, whether anybody waits for it or not."""

    async def regardless(name):
        return await asyncio.shield(asyncio.ensure_future(work(name)))

    return regardless


def answering_whatever_comes(work):
    """Answer with the text of an exception."""

    async def answer(name):
        try:
            return await work(name)
        except ValueError as error:
            return str(error)

    return answer
