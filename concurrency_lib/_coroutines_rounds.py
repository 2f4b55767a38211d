"""Tasks that take turns in one thread: a round of generators."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, Self

from concurrency_lib._coroutines_ends import end


class RoundRobin:
    """Tasks that take turns: generators, in which every yield gives way to the next task in the round.

    `results` and `errors` hold, by name, what tasks returned and what they raised. At the end of a with block the
    tasks that have not ended are closed.
    """

    def __init__(self) -> None:
        self.results: dict[str, Any] = {}
        self.errors: dict[str, BaseException] = {}
        self._names: set[str] = set()
        self._round: deque[tuple[str, Generator[Any, Any, Any]]] = deque()
        self._closed = self._busy = False

    def spawn(self, name: str, task: Generator[Any, Any, Any]) -> None:
        """Enter a task, whose turn comes when all that wait now have had one; tasks may spawn tasks.

        It does not begin before that. Raises ValueError if the name is taken, RuntimeError after `close`.
        """
        if self._closed:
            raise RuntimeError(f"closed, and so refused: task {name}")
        if name in self._names:
            raise ValueError(f"there is another task of this name: {name}")
        self._names.add(name)
        self._round.append((name, task))

    def step(self) -> bool:
        """Give one task its turn, up to its next yield or its end; return False if there was none to give it to.

        What a task raises is kept in `errors`, and the others go on; but KeyboardInterrupt and the like close them
        all, and are raised, with a group of what that raised, if anything, as their cause. Raises RuntimeError
        within a turn.
        """
        with self._alone():
            if not self._round:
                return False
            name, task = self._round[0]  # it keeps its place meanwhile, to be closed if it is interrupted
            try:
                next(task)
            except StopIteration as stop:
                self.results[name] = stop.value
                self._round.popleft()
            except Exception as error:  # noqa: BLE001 - it is the task's, and kept for whoever asks
                self._keep(name, error)
                self._round.popleft()
            except BaseException as interruption:
                self._close_all_for(interruption)
                raise
            else:
                self._round.rotate(-1)
            return True

    def run(self) -> dict[str, Any]:
        """Give turns until every task has ended; return the results by name, in the order in which they came.

        Raises an ExceptionGroup of all that tasks raised, each with a note of its task's name, when all have ended.
        """
        while self.step():
            pass
        if self.errors:
            raise BaseExceptionGroup("tasks raised", list(self.errors.values()))
        return self.results

    def close(self) -> list[str]:
        """Close the tasks that have not ended, in the order of their next turns, and return their names.

        Nothing runs any more then. Raises, when all are closed, an ExceptionGroup of what they raised or of Stubborn;
        RuntimeError within a turn.
        """
        with self._alone():
            return self._close_all()

    def _close_all(self) -> list[str]:
        self._closed = True
        closed, errors = [], []
        while self._round:
            name, task = self._round.popleft()
            closed.append(name)
            try:
                end(task)
            except BaseException as error:  # noqa: BLE001 - all of them are closed first
                errors.append(self._keep(name, error))
        if errors:
            raise BaseExceptionGroup("tasks raised when they were closed", errors)
        return closed

    def _close_all_for(self, interruption: BaseException) -> None:
        try:
            self._close_all()
        except BaseExceptionGroup as errors:
            raise interruption from errors

    def _keep(self, name: str, error: BaseException) -> BaseException:
        error.add_note(f"in task {name}")
        self.errors[name] = error
        return error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._busy:
            raise RuntimeError("a task has its turn: no other can have one meanwhile")
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
