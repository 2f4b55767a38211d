"""Event loops, coroutines, asyncio and aiohttp: many waits in one thread."""
