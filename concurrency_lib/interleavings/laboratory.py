"""Where the runs of one program take place: its threads, the backend that listens to them, and the tables."""

from __future__ import annotations

from _thread import get_ident
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from concurrency_lib.interleavings import primitives
from concurrency_lib.interleavings.backends import backend
from concurrency_lib.interleavings.collecting import no_collection
from concurrency_lib.interleavings.crew import Crew
from concurrency_lib.interleavings.explored import EXPLORED, Explored
from concurrency_lib.interleavings.runs import Run
from concurrency_lib.interleavings.starting import no_new_threads
from concurrency_lib.interleavings.swapping import no_swap, swapped
from concurrency_lib.interleavings.watchdog import wait_for_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from concurrency_lib.interleavings.explaining import Recorder
    from concurrency_lib.interleavings.runs import Choose
    from concurrency_lib.interleavings.watching import Watch

State = TypeVar("State")


class Program(Generic[State]):
    """The question: a fresh state, the workers that are given it, and what must hold of it at the end."""

    def __init__(
        self,
        setup: Callable[[], State],
        workers: Iterable[Callable[[State], object]],
        invariant: Callable[[State], bool],
        *,
        swap: bool = False,
    ) -> None:
        self.setup, self.workers, self.invariant = setup, tuple(workers), invariant
        self.swap = swap
        if not self.workers:
            raise ValueError("workers: expected at least 1, got none")
        self.names = [
            f"worker {number} ({getattr(worker, '__name__', type(worker).__name__)})"
            for number, worker in enumerate(self.workers)
        ]


class Laboratory(Generic[State]):
    """As a context manager it leaves nothing behind but, if one is stuck, that thread."""

    def __init__(self, program: Program[State], watch: Watch, steps: int) -> None:
        self.program = program
        self._steps = steps
        self._backend = backend(watch)
        self._swapped = swapped if program.swap else no_swap
        self._run: Run | None = None

    def __enter__(self) -> Laboratory[State]:
        self._backend.__enter__()
        self._crew = Crew(len(self.program.workers), self._work)
        return self

    def __exit__(self, *_: object) -> None:
        if self._run is None or len(self._run.finished) == self._run.count:
            self._crew.dismiss()
        else:
            self._crew.abandon()
        self._backend.__exit__()

    def make_run(self, choose: Choose, recorder: Recorder | None = None) -> tuple[Run, State]:
        """Make one run, from a fresh state to the end of all workers."""
        primitives.begin()
        with self._swapped():
            state = self.program.setup()
            calls = [partial(self._perform, index, worker, state) for index, worker in enumerate(self.program.workers)]
            run = self._run = Run(self._crew, calls, choose, self._steps)
            run.watcher = recorder.record if recorder else None
            with no_collection(), no_new_threads():
                run.start()
                wait_for_end(run, self._crew)
        if recorder:
            recorder.finish()
        if run.error:
            raise run.error
        return run, state

    def _work(self, index: int) -> None:
        if self._run:
            self._run.body(index)

    def _perform(self, index: int, worker: Callable[[State], object], state: State) -> None:
        """Be the worker, in its thread: what it does from here on is explored."""
        ident, run = get_ident(), self._run
        if run is None:
            return
        EXPLORED[ident] = Explored(run, index)
        self._backend.begin()
        try:
            worker(state)
        finally:
            del EXPLORED[ident]
            self._backend.end()
