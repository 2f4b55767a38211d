"""Who is connected to a task server, each by a thread that serves the connection."""

from __future__ import annotations

import threading
from itertools import count

from concurrency_lib.task_server.terms import Client


class Roll:
    """The clients that have joined, and the one that the calling thread serves."""

    def __init__(self) -> None:
        self.joined: dict[int, Client] = {}
        self._numbers = count(1)
        self._served = threading.local()

    def client(self) -> Client:
        """Return the client that the calling thread serves."""
        if not hasattr(self._served, "client"):
            self._served.client = Client(next(self._numbers))
        client: Client = self._served.client
        return client

    def names(self, role: str) -> list[str]:
        """Return the names of the clients with a role."""
        return [client.name for client in self.joined.values() if client.role == role]
