"""Workers behind an executor: each task is a future, and no more of them are under way than agreed."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from concurrency_lib._crew import run_task
from concurrency_lib._remote import pack
from concurrency_lib._workers_results import Result, ended_here, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from concurrency_lib._remote import Failure, Success


def run_packed(task: bytes) -> Success | Failure:
    """Run one task, a pickled function with its argument, wherever the executor has its workers."""
    return run_task(task).outcome


def run_here(function: Callable[[Any], object], item: object) -> tuple[object, BaseException | None]:
    """Call the function in this process; return its value, or else its exception."""
    try:
        return function(item), None
    except BaseException as error:  # noqa: BLE001 - the worker is not the task's to end
        return None, error


class FutureHands:
    """The workers of an executor that belongs to somebody else: tasks and values reach them as pickles."""

    def __init__(self, executor: Executor, at_once: int) -> None:
        self._executor, self._at_once = executor, at_once
        self._tasks: dict[Future[Any], int] = {}

    @property
    def free(self) -> bool:
        """Whether another task may be given."""
        return len(self._tasks) < self._at_once

    @property
    def busy(self) -> bool:
        """Whether there is anything to hear of."""
        return bool(self._tasks)

    def give(self, index: int, function: Callable[[Any], object], item: object) -> None:
        """Have the task done, or refused."""
        try:
            future = self._submit(index, function, item)
        except Exception as error:  # noqa: BLE001 - it is that of this task, not of the others
            future = Future()
            future.set_exception(error)
        self._tasks[future] = index

    def hear(self) -> list[Result[Any]]:
        """Wait for results."""
        done, _ = wait(self._tasks, return_when=FIRST_COMPLETED)
        heard = [self._result(self._tasks.pop(future), future) for future in done]
        return sorted(heard, key=lambda result: result.index)

    def drop(self) -> None:
        """Cancel what has not begun, and wait for the rest."""
        wait([future for future in self._tasks if not future.cancel()])
        self._tasks.clear()

    def close(self) -> None:
        """Give up what is under way; the executor itself is its owner's."""
        self.drop()

    def _submit(self, index: int, function: Callable[[Any], object], item: object) -> Future[Any]:
        return self._executor.submit(run_packed, pack((function, item), f"task {index}"))

    def _result(self, index: int, future: Future[Any]) -> Result[Any]:
        try:
            return self._settled(index, future.result())
        except Exception as error:  # noqa: BLE001 - the executor's own: it is broken, or the task was cancelled
            return Result(index, error=error)

    def _settled(self, index: int, outcome: Any) -> Result[Any]:
        return settled(index, outcome)


class ThreadHands(FutureHands):
    """Threads of this process: what they are given and what they return stays where it is."""

    def __init__(self, number: int) -> None:
        super().__init__(ThreadPoolExecutor(number, "worker"), number)

    def close(self) -> None:
        """Give up what has not begun, and end the threads as soon as they are done."""
        try:
            self.drop()
        finally:
            self._executor.shutdown(cancel_futures=True)

    def _submit(self, index: int, function: Callable[[Any], object], item: object) -> Future[Any]:  # noqa: ARG002
        return self._executor.submit(run_here, function, item)

    def _settled(self, index: int, outcome: Any) -> Result[Any]:
        return ended_here(index, *outcome)
