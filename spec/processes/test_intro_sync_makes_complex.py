"""Programs of several processes or threads are harder to write, since they have to share data and keep in step."""

from concurrency_lib import processes
from spec.processes.targets import counting, introduction
from spec.support import Claim, Opinion, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores, has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="多进程、多线程的程序既要共享数据，又要步调一致，所以更难写。",
    decides={"intro.sync-makes-complex": 29},
    ruling=Opinion(
        because="what is harder to write is a judgement; that threads which share data need to be kept in step, and "
        "that processes do not share it to begin with, can be shown"
    ),
)


@needs(can_fork, has_threads)
def test_update_between_read_and_write_is_lost(clean_room, evidence):
    """Two threads that have both read a count before either writes it add one each, and the count is one."""
    count = clean_room.run(counting.count_while_both_have_read)
    evidence.figures("two threads, without a lock", {"added": 2, "counted": count})

    assert count == 1


@needs(can_fork, has_threads)
def test_lock_keeps_the_second_thread_out(clean_room, evidence):
    """A lock keeps the second thread out until the first has written, and the count is two."""
    let_in, count = clean_room.run(counting.count_under_a_lock)
    evidence.figures("two threads, with a lock", {"second let in meanwhile": str(let_in), "added": 2, "counted": count})

    assert not let_in
    assert count == 2


@needs(has_semaphores)
def test_process_counts_in_a_memory_of_its_own(mp_context, evidence):
    """What a process adds to a count stays unknown to the process that started it, unless it is sent."""
    introduction.COUNTED = 0
    sent = processes.run(introduction.count_here, mp_context=mp_context, timeout=deadline())
    found, introduction.COUNTED = introduction.COUNTED, 0
    evidence.figures("the count", {"sent by the child": sent, "in the parent": found})

    assert sent == 1
    assert found == 0


@saboteur(caught_by=test_update_between_read_and_write_is_lost)
def addition_that_is_one_step(patch):
    """Reading and writing are one step, which nothing can come between."""
    patch.in_child(counting.addition_in_one_step)


@saboteur(caught_by=test_lock_keeps_the_second_thread_out)
def lock_that_keeps_nobody_out(patch):
    """The lock is open to everyone."""
    patch.in_child(counting.lock_that_keeps_nobody_out)


@saboteur(caught_by=test_process_counts_in_a_memory_of_its_own)
def process_in_the_callers_memory(patch):
    """What was to be a process runs in the memory of its caller."""
    patch.setattr(processes, "run", lambda function, **_: function())
