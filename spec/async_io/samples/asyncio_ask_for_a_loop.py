"""Asks asyncio for a loop outside of any coroutine, and runs a coroutine in what it gets."""

import asyncio


async def job():
    return "ran"


events = asyncio.get_event_loop()
print(events.run_until_complete(job()))
events.close()
