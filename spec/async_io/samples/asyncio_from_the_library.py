"""Imports asyncio where nothing but the standard library can be found, runs a coroutine, and says where it is from."""

import sys
import sysconfig

library = sysconfig.get_path("stdlib")
sys.path[:] = [place for place in sys.path if place.startswith(library) and "site-packages" not in place]

import asyncio  # noqa: E402 - from what is left of the path


async def job():
    return asyncio.__file__


print(asyncio.run(job()).startswith(library))
