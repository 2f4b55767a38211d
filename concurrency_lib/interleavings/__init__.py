"""Every order in which threads may take their steps, or an honest "not every order".

`explore` runs workers in real threads, one at a time, under a scheduler, in one order of their steps after another.
`exhausted` is True only if every order at the stated granularity and within the stated bound was run. A failing
order is told step by step, and is plain data from which `replay` makes the same run again. `explore_tasks` and
`replay_tasks` do the same for asyncio.

    found = explore(Account, [deposit, withdraw], lambda account: account.balance == 0)

`setup()` returns a fresh state; each worker is called with it, and so is the invariant when all have ended. The
granularity says what a step is: `"opcode"`, an instruction; `"shared"`, an operation that others may notice;
`"polls"`, what lies between two places at which a build with a GIL may hand the GIL on.
"""

from concurrency_lib.interleavings.barriers import Barrier
from concurrency_lib.interleavings.conditions import Condition
from concurrency_lib.interleavings.exploring import explore, replay
from concurrency_lib.interleavings.locks import Lock, RLock
from concurrency_lib.interleavings.queues import LifoQueue, PriorityQueue, Queue, SimpleQueue
from concurrency_lib.interleavings.results import (
    Budget,
    Exploration,
    ExplorationError,
    Failure,
    Nondeterministic,
    Schedule,
    Step,
    Uncontrolled,
    Wait,
)
from concurrency_lib.interleavings.showing import Shown, shown
from concurrency_lib.interleavings.signals import BoundedSemaphore, Event, Semaphore
from concurrency_lib.interleavings.tasks import explore_tasks, replay_tasks

__all__ = [
    "Barrier",
    "BoundedSemaphore",
    "Budget",
    "Condition",
    "Event",
    "Exploration",
    "ExplorationError",
    "Failure",
    "LifoQueue",
    "Lock",
    "Nondeterministic",
    "PriorityQueue",
    "Queue",
    "RLock",
    "Schedule",
    "Semaphore",
    "Shown",
    "SimpleQueue",
    "Step",
    "Uncontrolled",
    "Wait",
    "explore",
    "explore_tasks",
    "replay",
    "replay_tasks",
    "shown",
]
