"""Says something, lets the loop wait for a while, and says something more. Its argument is the wait, in seconds."""

import asyncio
import sys

PAUSE = float(sys.argv[1])


@asyncio.coroutine
def talk():
    print("good morning", flush=True)
    woken_by = yield from asyncio.sleep(PAUSE)
    print("good evening,", woken_by)


events = asyncio.get_event_loop()
events.run_until_complete(talk())
events.close()
