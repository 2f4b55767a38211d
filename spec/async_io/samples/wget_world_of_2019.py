"""Gives asyncio back what programs of 2019 found in it."""

import asyncio
import types


def as_it_was(wait):
    async def drive(coroutine):
        return await coroutine

    async def wait_for_coroutines(coroutines):
        return await wait([asyncio.ensure_future(drive(each)) for each in coroutines])

    return wait_for_coroutines


asyncio.coroutine = types.coroutine
asyncio.wait = as_it_was(asyncio.wait)
asyncio.get_event_loop = asyncio.new_event_loop
