"""What every team of workers promises, as checks that a clean room runs on a team of each kind."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import Any

from concurrency_lib.workers import Team
from spec.choosing.targets import working_tasks as tasks
from spec.processes.targets.hall import Hall
from spec.support.outcomes import raised_by

Told = dict[str, Any]
TASKS = 20
NUMBER = 2  # of workers


def expect(what: str, *, seen: object, wanted: object) -> None:
    """Raise AssertionError where something is not as wanted."""
    if seen != wanted:
        raise AssertionError(f"{what}: wanted {wanted!r}, seen {seen!r}")


def each_task_once(team: Team, hall: Hall) -> Told:
    """Every task is executed once, by a worker, none by the master."""
    ran = team.run(partial(tasks.run_now, hall), range(TASKS))
    begun = [tasks.times_begun(hall, index) for index in range(TASKS)]
    by_master = [run.index for run in ran if run.who == tasks.me()]

    expect("values", seen=[run.index for run in ran], wanted=list(range(TASKS)))
    expect("how often each task was begun", seen=begun, wanted=[1] * TASKS)
    expect("tasks that the master executed", seen=by_master, wanted=[])
    return tally(ran)


def tally(ran: list[tasks.Ran]) -> Told:
    """Count who executed how many tasks."""
    names = {who: f"worker {number}" for number, who in enumerate(dict.fromkeys(run.who for run in ran), 1)}
    return {"the master": 0} | {name: sum(run.who == who for run in ran) for who, name in names.items()}


def values_in_order(team: Team, hall: Hall) -> Told:
    """The values have the order of the items, although the tasks end the other way round."""
    values = team.run(partial(end_backwards, hall), range(NUMBER))

    expect("the values of tasks that end backwards", seen=values, wanted=[0, 1])
    return {"values": str(values)}


def results_as_they_come(team: Team, hall: Hall) -> Told:
    """A result is there as soon as its task has ended, whatever other tasks still do."""
    came = []
    for result in team.results(partial(tasks.hold_in_turn, hall, NUMBER), range(NUMBER)):
        hall.let_go(result.index - 1)  # and not before: each task waits until the next one's result was read
        came.append(result.index)

    expect("the order in which results came", seen=came, wanted=[1, 0])
    return {"came": str(came)}


def end_backwards(hall: Hall, index: int) -> int:
    """End as the last one first."""
    tasks.hold_in_turn(hall, NUMBER, index)
    hall.let_go(index - 1)
    return index


def no_more_than_agreed(team: Team, hall: Hall) -> Told:
    """An item is taken only when there is a worker for it, so there may be infinitely many."""
    taken: list[int] = []
    with_notes = (taken.append(number) or number for number in count())  # type: ignore[func-returns-value]
    results = team.results(tasks.hold_first(hall), with_notes)
    try:
        first = next(results)
        expect("a result while the first task is held", seen=first.index > 0, wanted=True)
        expect("items taken for one result", seen=len(taken) <= NUMBER + 1, wanted=True)
    finally:
        hall.let_go("all")
        results.close()
    return {"workers": NUMBER, "items taken before the first result": len(taken)}


def left_in_the_middle(team: Team, hall: Hall) -> Told:
    """Whoever stops reading results gets the team back, and tasks not begun never begin."""
    results = team.results(partial(tasks.run_now, hall), range(TASKS))
    next(results)
    refused = raised_by(team.run, tasks.double, [1])
    results.close()
    begun = [index for index in range(TASKS) if tasks.times_begun(hall, index)]

    expect("a second run meanwhile", seen=type(refused), wanted=RuntimeError)
    expect("whether all tasks were begun", seen=len(begun) == TASKS, wanted=False)
    expect("what the next run raises", seen=raised_by(team.run, tasks.double, [1, 2]), wanted=None)
    expect("a run beside another that is read but not closed", seen=run_beside_another(team), wanted=[4, 6, 8])
    return {"tasks begun": len(begun), "of": TASKS}


def run_beside_another(team: Team) -> list[int]:
    """Close the results of a run, all of which were read, in the middle of the next run; return the values of that."""
    earlier = team.results(tasks.double, [1])
    next(earlier)
    results = team.results(tasks.double, [2, 3, 4])
    first = next(results)
    earlier.close()
    return sorted(result.value for result in (first, *results))
