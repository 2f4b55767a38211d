"""Sabotage of servers that consist of several processes, carried into the clean room."""

from __future__ import annotations

import os
from typing import Any

from concurrency_lib import _servers_forking, _servers_loop, servers
from spec.support.sabotage import Patch


def one_process(patch: Patch) -> None:
    """Make one process, whatever the number."""
    original = servers.Server.__init__

    def init(self: Any, listeners: Any, serve: Any) -> None:
        original(self, listeners[:1], serve)
        for listener in listeners:
            listener.close()

    patch.setattr(servers.Server, "__init__", init)


def outliving_processes(patch: Patch) -> None:
    """Serve on, whoever has ended."""
    original, quiet = _servers_forking.accept_and_fork, os.pipe()

    def accept_and_fork(listener: Any, _lifeline: int, **options: Any) -> None:
        original(listener, quiet[0], **options)

    patch.setattr(_servers_forking, "accept_and_fork", accept_and_fork)


def end_together(patch: Patch) -> None:
    """End every process of a server when one of them gets something to do."""
    answer_to = _servers_loop.answer_to

    async def answer_and_end(request: bytes, handle: Any) -> bytes:
        counted.append(request)
        if len(counted) > 1:
            os._exit(1)
        return await answer_to(request, handle)

    counted: list[bytes] = []
    patch.setattr(_servers_loop, "answer_to", answer_and_end)


def no_sharing(patch: Patch) -> None:
    """Find that sockets cannot share a port."""
    patch.setattr(servers, "can_reuse_port", lambda: False)
