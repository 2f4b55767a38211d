"""Asks hosts for their front pages, with the coroutines of before Python 3.11, and prints the heads of the answers."""

import asyncio
import sys


@asyncio.coroutine
def ask(place):
    print("asking", place)
    name, port = place.split(":")
    reader, writer = yield from asyncio.open_connection(name, int(port))
    writer.write(f"GET / HTTP/1.0\r\nHost: {place}\r\n\r\n".encode())
    yield from writer.drain()
    while True:
        told = yield from reader.readline()
        if told == b"\r\n":
            break
        print(place, "said", told.decode().rstrip())
    writer.close()


loop = asyncio.get_event_loop()
loop.run_until_complete(asyncio.wait([ask(place) for place in sys.argv[1:]]))
loop.close()
