"""A process consists of its threads: one at first, and as many more as it starts."""

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads
from spec.threads.targets import thread_library, thread_tasks

claim = Claim(
    zh="进程由它的线程组成：起初只有一个，启动几个就再多几个。",
    decides={"thread.process-made-of-threads": 198},
    ruling=Holds(),
    needs=[has_threads, has_proc, can_fork],
)

OTHERS = 5


def test_the_process_is_as_many_as_its_threads(clean_room, evidence):
    """The kernel lists one task in a process that has started no thread, five more with five, and one after them."""
    looks = clean_room.run(thread_tasks.before_during_and_after, OTHERS)
    moments = ["before the threads", "among the threads", "after the threads"]
    evidence.figures("tasks of one process", dict(zip(moments, [look.tasks for look in looks], strict=True)))

    assert [look.tasks for look in looks] == [1, 1 + OTHERS, 1]


def test_all_threads_are_one_process(clean_room):
    """All threads of a process name the same process id as their own."""
    looks = clean_room.run(thread_tasks.before_during_and_after, OTHERS)

    assert len(looks[1].pids) == 1 + OTHERS
    assert len({pid for look in looks for pid in look.pids}) == 1


def test_threads_of_the_library_are_the_callers_process(clean_room):
    """What the library runs together runs in threads of the caller's process, which has just these in addition."""
    caller, looks = clean_room.run(thread_library.looks_of_functions, OTHERS)

    assert looks == [(caller, 1 + OTHERS)] * OTHERS


@saboteur(caught_by=test_the_process_is_as_many_as_its_threads)
def processes_that_are_not_counted(patch):
    """Five processes run instead of five threads, and the process has one thread all along."""
    patch.in_child(thread_tasks.processes_instead)


@saboteur(caught_by=test_all_threads_are_one_process)
def processes_with_ids_of_their_own(patch):
    """Five processes run instead of five threads, each with an id of its own."""
    patch.in_child(thread_tasks.processes_instead)


@saboteur(caught_by=test_threads_of_the_library_are_the_callers_process)
def library_with_a_thread_too_many(patch):
    """The library keeps a thread of its own beside those of the functions."""
    patch.in_child(thread_library.one_thread_too_many)
