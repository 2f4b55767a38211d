"""The same question for asyncio: every order in which ready tasks can go on, from one await to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from concurrency_lib.interleavings.laboratory import Program
from concurrency_lib.interleavings.loops import ChoosingLoop, Over
from concurrency_lib.interleavings.results import Budget, Exploration, Failure, Schedule, Uncontrolled
from concurrency_lib.interleavings.search import Search
from concurrency_lib.interleavings.tallying import Tally, recorded

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Hashable, Iterable

    from concurrency_lib.interleavings.explaining import Recorder
    from concurrency_lib.interleavings.runs import Choose

State = TypeVar("State")

ASSUMPTIONS = (
    "a step is what a task does from one await that lets others run to the next",
    "a timer fires only when no task is ready: steps take no time",
    "asyncio runs its own callbacks in the order in which they were scheduled",
)


class TaskRun:
    """How a run of tasks ended, told as a run of threads is."""

    error = None

    def __init__(self, loop: ChoosingLoop, outcome: str, raised: tuple[int, BaseException] | None) -> None:
        self.outcome, self.raised, self.steps = outcome, raised, loop.steps
        self.stuck: dict[int, Any] = {}


class TaskLaboratory:
    """Makes each run in a loop of its own."""

    def __init__(self, program: Program[Any], steps: int) -> None:
        self.program = program
        self._steps = steps

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def make_run(self, choose: Choose, recorder: Recorder | None = None) -> tuple[Any, Any]:
        """Make one run, from a fresh state to the end of all tasks."""
        state = self.program.setup()
        loop = ChoosingLoop(choose, self._steps)
        loop.watcher = recorder.record if recorder else None
        loop.set_exception_handler(lambda *_: None)  # what a task raises is told by the exploration
        try:
            workers: Any = self.program.workers
            tasks = [loop.create_task(worker(state)) for worker in workers]
            run = self._ended(loop, tasks)
        finally:
            cancel_all(loop)
            loop.close()
        if recorder:
            recorder.finish()
        return run, state

    def _ended(self, loop: ChoosingLoop, tasks: list[asyncio.Task[Any]]) -> TaskRun:
        try:
            for task in tasks:
                loop.run_until_complete(wait_quietly(loop, task))
        except Over:
            run = TaskRun(loop, loop.outcome, None)
            waiting = [number for number, task in enumerate(loop.tasks) if not task.done()]
            run.stuck = {number: (loop.step(number), "what it awaits", ()) for number in waiting}
            return run
        errors = [(n, task.exception()) for n, task in enumerate(tasks) if not task.cancelled()]
        refused = [error for _, error in errors if isinstance(error, Uncontrolled)]
        if refused:
            raise refused[0]
        raised = [(n, error) for n, error in errors if error is not None]
        return TaskRun(loop, "ended", raised[0] if raised else None)


def wait_quietly(loop: ChoosingLoop, task: asyncio.Task[Any]) -> asyncio.Future[None]:
    """Return a future that is done when the task is, however that ends."""
    done = loop.create_future()
    task.add_done_callback(lambda _: None if done.done() else done.set_result(None))
    return done


def cancel_all(loop: ChoosingLoop) -> None:
    """Close what has not ended: its `finally` blocks run, and nothing else does."""
    for task in loop.tasks:
        if not task.done():
            task._log_destroy_pending = False  # type: ignore[attr-defined]  # noqa: SLF001 - or asyncio would complain of it
            coroutine: Any = task.get_coro()
            try:
                coroutine.close()
            except (RuntimeError, ValueError):
                continue


def explore_tasks(  # noqa: PLR0913 - the question has as many parts
    setup: Callable[[], State],
    tasks: Iterable[Callable[[State], Coroutine[Any, Any, object]]],
    invariant: Callable[[State], bool],
    *,
    bound: int | None = None,
    budget: Budget | None = None,
    observe: Callable[[State], Hashable] | None = None,
) -> Exploration:
    """Run the coroutine functions as tasks, in every order in which a loop might let them go on.

    Tasks that they create take part, numbered in the order of their creation.
    """
    program = Program(setup, tasks, invariant)
    budget = budget or Budget()
    search = Search(bound, reduced=False)
    tally = Tally(program, search, budget, observe, lambda turns: Schedule(turns, "awaits"))
    return tally.explore(TaskLaboratory(program, budget.steps), "awaits", ASSUMPTIONS)


def replay_tasks(
    setup: Callable[[], State],
    tasks: Iterable[Callable[[State], Coroutine[Any, Any, object]]],
    invariant: Callable[[State], bool],
    schedule: Schedule,
) -> Failure | None:
    """Make the one run that the schedule describes; return how it ends wrong, or None if it ends well."""
    return recorded(TaskLaboratory(Program(setup, tasks, invariant), Budget().steps), schedule)
