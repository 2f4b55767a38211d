"""Two talks wait together in one loop, and say in which thread. The argument is the wait, in seconds."""

import asyncio
import sys
import threading

PAUSE = float(sys.argv[1])


@asyncio.coroutine
def talk():
    print(f"good morning from {threading.current_thread()!r}", flush=True)
    yield from asyncio.sleep(PAUSE)
    print(f"good evening from {threading.current_thread()!r}")


events = asyncio.get_event_loop()
talks = [talk(), talk()]
events.run_until_complete(asyncio.wait(talks))
events.close()
