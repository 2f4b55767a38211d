"""A message loop: one thread takes a message from a queue, has it handled, and takes the next.

    with MessageLoop() as loop:
        loop.on("key pressed", page.insert)
        loop.on("page arrived", lambda connection: page.show(connection.recv(65536)))
        loop.watch(connection, "page arrived")
        loop.post("key pressed", "a")
        loop.run()

Messages are handled one at a time, in the order in which they were posted. A handler that takes long holds up all
that come after its message: it is reported with its name and its time as soon as it ends. One that raises holds up
nothing, and is not forgotten. A handler that needs something from elsewhere does not wait: it asks, watches where the
answer will come, and returns; that the answer is there is a message like any other.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from concurrency_lib._message_handlers import Handlers, UnknownMessage, log_slowness
from concurrency_lib._message_io import Ears

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

__all__ = ["LoopStopped", "MessageLoop", "UnknownMessage"]


class LoopStopped(RuntimeError):
    """The loop takes no more messages."""


class MessageLoop:
    """Handles messages in the thread that calls `run`, once, until somebody calls `stop`.

    When a handler took more than `slow_after` seconds by the `clock`, `slow(name, seconds)` is called; by default the
    logger of this module has a warning. When one raised, `failed(name, error)` is called; by default `run` raises all
    the errors at its end. What these two raise themselves ends the loop. As a context manager it is closed at the end
    of the block.
    """

    def __init__(
        self,
        *,
        slow_after: float = 0.1,
        slow: Callable[[str, float], object] = log_slowness,
        failed: Callable[[str, Exception], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._handlers = Handlers(slow_after, slow, failed, clock)
        self._messages: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._lock = threading.RLock()  # as a signal's handler may call in the middle of a call
        self._state, self._stopped, self._thread = "new", False, 0
        self._io = Ears()

    def on(self, name: str, handler: Callable[..., object]) -> None:
        """Have messages of that name handled by `handler(*content)`; raise ValueError if they have a handler."""
        self._handlers.add(name, handler)

    def post(self, name: str, *content: object) -> None:
        """Put a message at the end of the queue, from any thread; what waits for one wakes up.

        Raises UnknownMessage if nothing handles it, and LoopStopped once the loop was told to stop.
        """
        self._handlers.check(name)
        with self._lock:
            if self._stopped:
                raise LoopStopped(f"stopped before {name!r} was posted")
            self._messages.append((name, content))
            self._io.wake()

    def watch(self, source: FileDescriptorLike, name: str) -> None:
        """Post `name`, with `source` as its content, once: as soon as that can be read, or is at its end.

        The loop reads nothing from it. It stays open until then, and may be watched again by the handler. Raises
        UnknownMessage and LoopStopped as `post` does, what a selector raises for what cannot be watched, and
        RuntimeError in another thread than the one in which the loop runs.
        """
        self._handlers.check(name)
        if self._stopped:
            raise LoopStopped(f"stopped before {name!r} was watched for")
        if self._state == "running" and self._thread != threading.get_ident():
            raise RuntimeError(f"only the thread that runs the loop can watch for {name!r}; post a message to it")
        self._io.add(source, name)

    def run(self) -> None:
        """Handle messages until the loop is told to stop, and then those that were posted before.

        Raises, at its end, an ExceptionGroup of what the handlers raised, each with a note of its message; at once,
        and with that group as the cause, what is no Exception, such as KeyboardInterrupt; and RuntimeError if the
        loop runs already, has run, or is closed.
        """
        with self._lock:
            if self._state != "new":
                raise RuntimeError(f"a message loop runs once, and this one is {self._state}")
            self._state, self._thread = "running", threading.get_ident()
        try:
            while (message := self._next()) is not None:
                self._handlers.handle(*message)
        except BaseException as interruption:
            if (failures := self._handlers.failures()) is not None:
                raise interruption from failures
            raise
        finally:
            with self._lock:
                self._end()
        if (failures := self._handlers.failures()) is not None:
            raise failures

    def stop(self) -> None:
        """Take no more messages, from any thread; what was posted before is still handled. Once is enough."""
        with self._lock:
            if not self._stopped:
                self._stopped = True
                self._io.wake()

    def close(self) -> None:
        """Stop; a loop that does not run drops what was posted to it."""
        self.stop()
        with self._lock:
            if self._state == "new":
                self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _next(self) -> tuple[str, tuple[Any, ...]] | None:
        # In this order: whoever sees that the loop is stopped sees all that was posted before.
        while not self._stopped or self._messages:
            if not self._stopped:
                self._hear(wait=not self._messages)
            if self._messages:
                return self._messages.popleft()
        return None

    def _hear(self, *, wait: bool) -> None:
        for source, name in self._io.hear(wait=wait):
            with suppress(LoopStopped):
                self.post(name, source)

    def _end(self) -> None:
        self._stopped, self._state = True, "over"
        self._io.close()
