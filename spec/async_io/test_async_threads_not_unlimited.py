"""A system has room for so many threads and no more."""

from spec.async_io.targets import messages_io
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads
from spec.threads.targets import thread_limits

claim = Claim(
    zh="一个系统容得下的线程数是有限的。",
    decides={"async.threads-not-unlimited": 512},
    ruling=Holds(),
    needs=[can_fork, has_proc, has_threads],
)

TASKS = 2000


def test_a_thread_is_refused_where_its_stack_finds_no_room(clean_room, evidence):
    """Where there is room for two stacks, two threads can wait, and the start of another raises RuntimeError."""
    started, raised = clean_room.run(thread_limits.start_until_refused, 10)
    evidence.figures("with room for two stacks", {"threads": started, "then": raised})

    assert (started, raised) == (2, "RuntimeError")


def test_tasks_have_no_stacks_to_find_room_for(clean_room, evidence):
    """Two thousand tasks of one event loop wait at the same time in a process that has room for two threads."""
    waiting = clean_room.run(messages_io.tasks_where_threads_are_refused, TASKS)
    evidence.figures("with room for two stacks", {"tasks that wait": waiting})

    assert waiting == TASKS


@saboteur(caught_by=test_a_thread_is_refused_where_its_stack_finds_no_room)
def refusal_that_nobody_hears(patch):
    """A thread that was refused is counted among those that were started."""
    patch.in_child(thread_limits.starting_that_tells_nothing)


@saboteur(caught_by=test_tasks_have_no_stacks_to_find_room_for)
def tasks_that_are_threads(patch):
    """A thread waits in place of each task."""
    patch.in_child(messages_io.threads_instead)
