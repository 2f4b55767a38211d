"""Sabotage of the servers, carried into the clean room."""

from __future__ import annotations

import threading
from typing import Any

from concurrency_lib import _servers_forking, _servers_lines, _servers_loop, servers
from spec.choosing.targets import serving
from spec.choosing.targets.serving_gate import Gate
from spec.support.sabotage import Patch


def serve_where_it_accepts(patch: Patch) -> None:
    """Have the accepting process serve, too."""

    def accept(listener: Any, _children: Any, handle: Any, limits: Any) -> None:
        connection, _ = listener.accept()
        connection.settimeout(None)
        _servers_forking.converse(connection, handle, limits)

    patch.setattr(_servers_forking, "accept", accept)


def never_reap(patch: Patch) -> None:
    """Leave children that ended as they are."""
    patch.setattr(_servers_forking, "reap", lambda *_: None)


def handlers_that_block(patch: Patch) -> None:
    """Wait at the gate in a call that blocks, wherever that is."""
    patch.setattr(serving, "waits", lambda gate, _: gate.hold)
    patch.setattr(Gate, "hold_in_loop", Gate.hold)


def handlers_that_await(patch: Patch) -> None:
    """Wait at the gate in a way that lets others go on."""
    patch.setattr(Gate, "hold", Gate.hold_in_loop)


def one_at_a_time(patch: Patch) -> None:
    """Finish with one connection before the next is accepted."""

    async def accept_all(listener: Any, handle: Any, limits: Any) -> None:
        loop = _servers_loop.asyncio.get_running_loop()
        while True:
            await _servers_loop.converse(await _servers_loop.next_connection(loop, listener), handle, limits)

    patch.setattr(_servers_loop, "accept_all", accept_all)


def answers_upside_down(patch: Patch) -> None:
    """Turn answers round."""
    for module in (_servers_forking, _servers_loop):
        patch.setattr(module, "as_line", lambda answer: answer[::-1] + b"\n")


def no_limit(patch: Patch) -> None:
    """Forget the limits that were given."""
    for module, name in ((_servers_forking, "accept_and_fork"), (_servers_loop, "serve_for_good")):
        patch.setattr(module, name, without_limits(getattr(module, name)))


def without_limits(serve: Any) -> Any:
    """Return a way to serve that forgets its limits."""
    unlimited = servers.Limits(connections=10**6, line=10**6, seconds=10**6)
    return lambda *args, limits, **options: serve(*args, limits=unlimited, **options)  # noqa: ARG005


def default_loop(patch: Patch) -> None:
    """Make the loop that Python makes."""
    original = _servers_loop.serve_for_good

    def serve_for_good(*args: Any, loop_factory: Any, **options: Any) -> None:  # noqa: ARG001 - that it is forgotten is the point
        original(*args, loop_factory=None, **options)

    patch.setattr(_servers_loop, "serve_for_good", serve_for_good)


def say_nothing(patch: Patch) -> None:
    """Log nothing."""
    patch.setattr(_servers_lines.logger, "disabled", True)


def everywhere(patch: Patch) -> None:
    """Listen at every address of the machine."""
    original = servers.listen

    def listen(address: tuple[str, int], **options: Any) -> Any:
        return original(("0.0.0.0", address[1]), **options)

    patch.setattr(servers, "listen", listen)


def answer_anything(patch: Patch) -> None:
    """Answer with something, whatever came."""
    patch.setattr(_servers_forking, "next_line", lambda readline, _: readline(1) and b"any\n")


def close_late(patch: Patch) -> None:
    """Close at the end of the block, and not before."""
    original = servers.Server.close
    patch.setattr(servers.Server, "close", lambda _: None)
    patch.setattr(servers.Server, "__exit__", lambda server, *_: original(server))


def threads_instead(patch: Patch) -> None:
    """Serve each connection in a thread of the process that accepts."""

    def accept(listener: Any, _children: Any, handle: Any, limits: Any) -> None:
        connection, _ = listener.accept()
        connection.settimeout(None)
        threading.Thread(target=_servers_forking.converse, args=(connection, handle, limits), daemon=True).start()

    patch.setattr(_servers_forking, "accept", accept)
