"""Coroutines switch without the kernel: the thread in which they run goes on through every switch."""

import asyncio
import time

from spec.async_io.targets import coroutine_switches
from spec.choosing.targets import switch_hands
from spec.choosing.targets.switch_hands import counted_here, since
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc, has_threads

claim = Claim(
    zh="协程之间的切换不经过内核：它们所在的线程在每次切换时都照常运行。",
    decides={"coro.no-thread-switch": 578},
    ruling=Holds(),
    needs=[has_proc],
)

TASKS, TURNS = 10, 100


async def take_turns():
    """Give way again and again."""
    for _ in range(TURNS):
        await give_way()


async def give_way():
    await asyncio.sleep(0)


async def count_switches():
    """Let tasks take turns; return how often this thread waited meanwhile."""
    before = counted_here()
    async with asyncio.TaskGroup() as group:
        for _ in range(TASKS):
            group.create_task(take_turns())
    return since(before).voluntary


@needs(can_fork)
def test_generators_switch_without_the_kernel(clean_room, evidence):
    """For ten thousand switches between generators the kernel switches threads less than once in a hundred."""
    switches, waits = clean_room.run(coroutine_switches.switch_generators)
    evidence.figures("generators", {"switches between them": switches, "switches of threads": waits})

    assert waits < switches / 100


def test_tasks_switch_without_the_kernel(run_async, evidence):
    """For a thousand switches between tasks of one loop the kernel switches threads less than once in ten."""
    waits = run_async(count_switches())
    evidence.figures("tasks", {"switches between them": TASKS * TURNS, "switches of threads": waits})

    assert waits < TASKS * TURNS / 10


@needs(can_fork, can_pin, has_threads)
def test_threads_need_the_kernel_for_every_turn(clean_room, evidence):
    """Two threads that take turns on one core are switched by the kernel at every turn but the last."""
    switched = clean_room.run(switch_hands.hand_over_between_threads)
    rows = {f"switches of thread {n}": sum(counted) for n, counted in enumerate(switched.counted, 1)}
    evidence.figures("threads", {"turns of each": switched.rounds} | rows)

    assert min(map(sum, switched.counted)) >= switched.rounds - 1


@saboteur(caught_by=test_generators_switch_without_the_kernel)
def generators_that_sleep(patch):
    """At every turn of a generator the kernel puts the thread to sleep."""
    patch.in_child(coroutine_switches.turns_that_rest)


@saboteur(caught_by=test_tasks_switch_without_the_kernel)
def tasks_that_sleep(patch):
    """Whoever gives way has the kernel put the whole thread to sleep."""

    async def give_way():
        time.sleep(0.0001)  # noqa: ASYNC251 - it is what is wrong here

    patch.here(give_way=give_way, TURNS=10)


@saboteur(caught_by=test_threads_need_the_kernel_for_every_turn)
def threads_without_the_kernel(patch):
    """The two threads take all of their turns at once."""
    patch.in_child(switch_hands.turns_without_the_kernel)
