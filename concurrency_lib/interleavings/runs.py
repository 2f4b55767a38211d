"""One run: real threads take their steps one at a time, in an order that the search chooses.

Each worker stops just before a step that others may notice, says what the step is, and goes on when it is chosen.
Whoever has the turn is the only one that touches anything here, and hands all of it on with the turn; so nothing
leans on a GIL. A worker that has no step left, and one that is chosen to go on, both cost no switch of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from concurrency_lib.interleavings.crew import Crew
    from concurrency_lib.interleavings.operations import Operation

    Choose = Callable[[Mapping[int, Operation], int | None], int | None]


class Unwound(BaseException):
    """Raised in a worker at its next step when the run is over before the worker is."""


class Run:
    """The state of one run."""

    steps = 0
    turn: int | None = None  # who runs; for the exploring thread, which only looks
    outcome = ""
    error: BaseException | None = None  # what the search or a worker could not go on with
    raised: tuple[int, BaseException] | None = None
    over = False
    abandoned = False  # a worker is stuck: nobody hands on a turn any more
    watcher: Callable[[int, Operation], None] | None = None
    _started = 0

    def __init__(self, crew: Crew, workers: Sequence[Callable[[], object]], choose: Choose, longest: int) -> None:
        self.count = len(workers)
        self.pending: dict[int, Operation] = {}  # what each worker that stands still will do next
        self.ready: dict[int, Callable[[], bool] | None] = {}  # whether it can; None: at any time
        self.primitives: dict[int, Any] = {}  # what it waits for, if it waits
        self.finished: set[int] = set()
        self.stuck: dict[int, tuple[Operation, Any, Sequence[int]]] = {}  # in a deadlock: step, primitive, its owners
        self._crew = crew
        self._workers = workers
        self._choose = choose
        self._longest = longest

    def start(self) -> None:
        """Let worker 0 go to its first step; each starts the next, and the last one the run proper."""
        self._started = 1
        self.turn = 0
        self._crew.gates[0].release()

    def body(self, index: int) -> None:
        """Be worker `index`, in its thread, from its turn to start to its end."""
        try:
            if not self.over:
                self._workers[index]()
        except Unwound:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever a worker raises is an answer
            if not self.over:
                self.raised = self.raised or (index, error)
        self.finished.add(index)
        self.pending.pop(index, None)
        self._next(None)

    def point(
        self, index: int, operation: Operation, ready: Callable[[], bool] | None = None, primitive: Any = None
    ) -> None:
        """Stop before the operation, and return when it is its turn to happen."""
        if self.over:
            raise Unwound
        self.pending[index] = operation
        self.ready[index] = ready
        self.primitives[index] = primitive
        if self._next(index) != index:
            self._crew.gates[index].acquire()
        if self.over:
            raise Unwound
        self.turn = index
        if self.watcher:
            self.watcher(index, operation)

    def _next(self, current: int | None) -> int | None:
        """Hand the turn to whoever has it next, and return that, unless it is the current worker itself."""
        chosen: int | None
        if self.abandoned:
            return None
        if self._started < self.count:
            chosen = self._started
            self._started += 1
        elif self.over:
            chosen = min((worker for worker in range(self.count) if worker not in self.finished), default=None)
        else:
            chosen = self._decide(current)
            if chosen is None:
                self.over = True
                return self._next(current)
        if chosen is None:
            self._crew.home.release()
        elif chosen != current:
            self._crew.gates[chosen].release()
        return chosen

    def _decide(self, current: int | None) -> int | None:
        """Return who goes on, or None if the run is over."""
        if len(self.finished) == self.count:
            self.outcome = "ended"
            return None
        enabled = {w: self.pending[w] for w in range(self.count) if w in self.pending and self.can_go_on(w)}
        if not enabled or self.steps >= self._longest:
            self.outcome = "endless" if enabled else "deadlock"
            if not enabled:
                waiting = {w: (op, self.primitives[w]) for w, op in sorted(self.pending.items())}
                self.stuck = {w: (op, primitive, primitive.owners()) for w, (op, primitive) in waiting.items()}
            return None
        try:
            chosen = self._choose(enabled, current if self.steps else None)  # nobody is before the first step
        except Exception as error:  # noqa: BLE001 - told where the run is awaited, not in a worker
            self.error, chosen = error, None
        self.outcome = "pruned"
        self.steps += 1
        return chosen

    def pick(self, choices: Mapping[int, Operation]) -> int:
        """Return which of these workers something happens to, where the step just chosen leaves that open."""
        try:
            chosen = self._choose(choices, None)
        except Exception as error:  # noqa: BLE001 - told where the run is awaited, not in a worker
            self.stop(error)
        if chosen is None:
            self.stop(None)
        self.steps += 1
        if self.watcher:
            self.watcher(chosen, choices[chosen])
        return chosen

    def can_go_on(self, worker: int) -> bool:
        """Tell whether the step that the worker stands before can happen now."""
        ready = self.ready[worker]
        return ready is None or ready()

    def stop(self, error: BaseException | None) -> NoReturn:
        """End the run from within a worker: it cannot be explored, or need not be."""
        self.error = self.error or error
        self.over = True
        raise Unwound
