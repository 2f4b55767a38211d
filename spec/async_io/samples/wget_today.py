"""Asks hosts for their front pages, all at once, and prints the heads of the answers."""

import asyncio
import sys


async def ask(place):
    print("asking", place)
    name, port = place.split(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    try:
        writer.write(f"GET / HTTP/1.0\r\nHost: {place}\r\n\r\n".encode())
        await writer.drain()
        while (told := await reader.readline()) not in (b"\r\n", b"\n", b""):
            print(place, "said", told.decode("latin-1").rstrip())
    finally:
        writer.close()


async def ask_all(places):
    async with asyncio.TaskGroup() as group:
        for place in places:
            group.create_task(ask(place))


asyncio.run(ask_all(sys.argv[1:]))
