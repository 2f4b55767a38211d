"""What every team of workers promises about failures, as checks that a clean room runs on a team of each kind."""

from __future__ import annotations

import traceback
from functools import partial
from pickle import PicklingError, UnpicklingError

from concurrency_lib.workers import RemoteError, Team
from spec.choosing.targets import working_tasks as tasks
from spec.choosing.targets.working import NUMBER, TASKS, Told, expect
from spec.processes.targets.hall import Hall
from spec.support.outcomes import raised_by


def failure_traced(team: Team, _hall: Hall) -> Told:
    """An exception of a task is that task's error, with the line that raised it; the other tasks have values."""
    results = sorted(team.results(partial(tasks.fail_at, 2), range(4)), key=lambda result: result.index)
    error = results[2].error
    told = "".join(traceback.format_exception(error)) if error else ""

    expect("values and errors", seen=[r.returned for r in results], wanted=[0, 1, None, 3])
    expect("the error", seen=(type(error), getattr(error, "args", ())), wanted=(LookupError, (2,)))
    expect("whether the line is named", seen="in complain" in told, wanted=True)
    return {f"task {r.index}": repr(r.error or r.returned) for r in results}


def first_failure_raised(team: Team, hall: Hall) -> Told:
    """Of several failures a run raises the first in the order of the items, and begins no other task."""
    raised = raised_by(team.run, partial(complain_and_note, hall), range(TASKS))
    begun = [index for index in range(TASKS) if tasks.times_begun(hall, index)]

    expect("the failure", seen=repr(raised), wanted="LookupError(0)")
    expect("tasks begun", seen=begun, wanted=[0, 1])
    return {"raised": repr(raised), "tasks begun": str(begun)}


def complain_and_note(hall: Hall, index: int) -> None:
    """Raise together with the other task in progress."""
    tasks.note(hall, index)
    tasks.complain_together(hall, NUMBER, index)


def exit_survived(team: Team, _hall: Hall) -> Told:
    """A task that asks the interpreter to end has failed, and ends neither its worker nor the master."""
    results = sorted(team.results(partial(tasks.leave_at, 1), range(4)), key=lambda result: result.index)

    expect("values", seen=[r.returned for r in results], wanted=[0, None, 2, 3])
    expect("the error", seen=type(results[1].error), wanted=RemoteError)
    return {"task 1": str(results[1].error)}


def unpicklable_named(team: Team, _hall: Hall) -> Told:
    """What cannot be pickled, or not be unpickled, is refused as its task's error, which names it."""
    items = [lambda: None, tasks.Unloadable(), "value", "unreadable value", "exception", "good"]
    errors = [r.error for r in sorted(team.results(tasks.awkward, items), key=lambda result: result.index)]
    kinds = [PicklingError, UnpicklingError, PicklingError, UnpicklingError, RemoteError, type(None)]

    expect("errors", seen=[type(error) for error in errors], wanted=kinds)
    expect("the first of them", seen=str(errors[0]).startswith("task 0 cannot be pickled"), wanted=True)
    return {f"task {index}": str(error).partition(":")[0] for index, error in enumerate(errors)}


def interrupted_master(team: Team, hall: Hall) -> Told:
    """An interrupt reaches the master while it waits, and ends the run; the tasks not begun never begin."""
    raised = "nothing"
    try:
        team.run(partial(tasks.interrupt_and_stay, hall, NUMBER, tasks.me().pid), range(TASKS))
    except KeyboardInterrupt as error:
        raised = type(error).__name__
    begun = [index for index in range(TASKS) if tasks.times_begun(hall, index)]

    expect("what the master raised", seen=raised, wanted="KeyboardInterrupt")
    expect("whether more tasks were begun than workers there are", seen=len(begun) > NUMBER, wanted=False)
    return {"raised": raised, "tasks begun": len(begun), "of": TASKS}
