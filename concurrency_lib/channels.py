"""Queue and Pipe between processes: many writers, one reader, and no loss unheard.

Each writer has a pipe of its own, so one that dies can neither keep a lock nor spoil what the others
send. The items of a writer arrive in its order; how those of several writers mix is open. A full pipe
makes its writer wait.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import assert_spawning
from typing import TYPE_CHECKING, Any, Concatenate, Self

from concurrency_lib._contexts import end, name_of, of_processes, receive, start_with_pipe, wait_for_any
from concurrency_lib._remote import Failure, RemoteError, RemoteTraceback, unpack
from concurrency_lib._streams import Item, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

    from concurrency_lib._contexts import Context

__all__ = ["Channel", "Reader", "RemoteTraceback", "WriterDied", "WriterFailed"]


class WriterFailed(RemoteError):
    """A writer's function raised: `traceback` is text, `__cause__` the exception if it could be pickled."""


class WriterDied(Exception):
    """A writer ended without closing its stream; all that it had sent has been read."""

    def __init__(self, writer: str) -> None:
        super().__init__(writer)
        self.writer = writer

    def __str__(self) -> str:
        return f"{self.writer} ended without closing its stream"


class Reader:
    """The reading side of a channel: iterating yields items until every writer has closed its stream.

    Where a stream breaks off, this raises WriterFailed or WriterDied; iterate again to read on from the
    others. It raises UnpicklingError in place of an item that cannot be rebuilt here.
    """

    def __init__(self) -> None:
        self.streams: dict[Any, str] = {}  # the pipes, with the names of their writers

    def __iter__(self) -> Iterator[Any]:
        while self.streams:
            for pipe in wait_for_any(self.streams):
                if not pipe.closed:  # as it is if the caller has closed the channel meanwhile
                    yield from self._read(pipe)

    def __getstate__(self) -> dict[str, Any]:
        assert_spawning(self)  # otherwise a thread would have to stay here to hand over the pipes
        return self.__dict__

    def close(self) -> None:
        """Close this process's copy of the reading side; writers that nobody reads get BrokenPipeError."""
        for pipe in list(self.streams):
            self._end(pipe)

    def _read(self, pipe: Any) -> Iterator[Any]:
        received = receive(pipe)
        message = None if received is None else unpack(received, "item")
        if isinstance(message, Item):
            yield message.value
            return
        writer = self._end(pipe)
        if isinstance(message, Failure):
            raise message.retold(WriterFailed, writer)
        if message is None:
            raise WriterDied(writer)

    def _end(self, pipe: Any) -> str:
        pipe.close()
        return self.streams.pop(pipe)


class Channel:
    """A channel: the processes started by `start_writer` write to it, and whoever iterates over it reads.

    As a context manager it ends the writers that still run at the end of the block.
    """

    def __init__(self, mp_context: Context | None = None) -> None:
        self._context = of_processes(mp_context or multiprocessing)
        self._writers: list[BaseProcess] = []
        self._reader = Reader()
        self._reading_side = "here"

    def start_writer(
        self, function: Callable[Concatenate[Callable[[object], None], ...], object], *args: object
    ) -> BaseProcess:
        """Start a process that runs `function(send, *args)`, in which `send(item)` sends one item.

        `send` raises PicklingError, and sends nothing, if the item cannot be pickled, and BrokenPipeError
        if nobody reads any more. When the function returns, its stream closes.
        """
        self._check()
        name = f"writer-{len(self._writers) + 1} ({name_of(function)})"
        writer: BaseProcess
        writer, pipe = start_with_pipe(self._context, write, function, args, name=name, others=self._reader.streams)
        self._writers.append(writer)
        self._reader.streams[pipe] = name
        return writer

    def reader(self) -> Reader:
        """Return the reading side, to be given to a process that starts next; only that may iterate then."""
        self._check()
        self._reading_side = "handed over"
        return self._reader

    def __iter__(self) -> Iterator[Any]:
        self._check()
        return iter(self._reader)

    def close(self) -> None:
        """Terminate the writers whose streams are open, kill those that go on for a second, reap all."""
        self._reading_side = "closed"
        streaming = [writer for writer in self._writers if writer.name in self._reader.streams.values()]
        for writer in streaming:
            writer.terminate()
        while self._writers:
            writer = self._writers.pop()
            end(writer, told=writer in streaming)
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check(self) -> None:
        if self._reading_side != "here":
            raise ValueError(f"channel: expected its reading side to be here, it is {self._reading_side}")
