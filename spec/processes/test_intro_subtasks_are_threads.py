"""Things that go on at the same time inside one process are its threads."""

from spec.processes.targets import activities
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_threads

claim = Claim(
    zh="一个进程里若有几件事齐头并进，承担它们的就是线程。",
    decides={"intro.subtasks-are-threads": 19},
    ruling=HoldsIf(
        condition="it is the operating system that switches between them",
        because="coroutines are in progress together inside a process as well, and all of them in one thread",
        correction=Text(
            en="Threads are the activities of a process that the system schedules; coroutines are activities that take "
            "turns inside one thread, by their own leave.",
            zh="线程是由系统调度的进程内活动；协程也是进程内的活动，但都在同一个线程里，靠主动让出来轮流推进。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html",
            "https://docs.python.org/3/library/asyncio-task.html",
        ],
    ),
    needs=[can_fork, has_threads],
)

PARTS = [range(100), range(200)]


def places(parts, evidence):
    """Return the processes and the threads in which the parts were done."""
    for number, part in enumerate(parts, 1):
        evidence.figures(f"activity {number}", {"process": part.process, "thread": part.thread})
    return {part.process for part in parts}, {part.thread for part in parts}


def test_threads_of_one_process_are_in_progress_together(clean_room, evidence):
    """Two activities that are in progress together by threading share a process, and have a thread each."""
    processes, threads = places(clean_room.run(activities.do_parts, "in_threads", PARTS), evidence)

    assert len(processes) == 1
    assert len(threads) == 2


def test_coroutines_are_in_progress_together_in_one_thread(clean_room, evidence):
    """Two activities that are in progress together as coroutines share both the process and the thread."""
    processes, threads = places(clean_room.run(activities.do_parts, "in_coroutines", PARTS), evidence)

    assert len(processes) == 1
    assert len(threads) == 1


@saboteur(caught_by=test_threads_of_one_process_are_in_progress_together)
def threads_that_are_none(patch):
    """One thread does what two were to do."""
    patch.in_child(activities.threads_that_are_not_made)


@saboteur(caught_by=test_coroutines_are_in_progress_together_in_one_thread)
def coroutines_that_are_threads(patch):
    """Each coroutine has a thread of its own."""
    patch.in_child(activities.coroutines_on_threads)
