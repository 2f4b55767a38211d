"""The main thread can start further threads, and so can any of these."""

from threading import Thread, current_thread

from concurrency_lib import threads
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads
from spec.support.deadlines import ends
from spec.threads.targets import thread_library, thread_limits

claim = Claim(
    zh="主线程可以再启动别的线程，别的线程同样可以。",
    decides={"thread.main-can-start": 226},
    ruling=Holds(),
    needs=[has_threads],
)

DEPTH = 3


def start(thread):
    thread.start()
    ends(thread)


def descend(seen, depth):
    """Note the current thread, and start another that does so, until it is deep enough."""
    seen.append(current_thread())
    if depth:
        start(Thread(target=descend, args=(seen, depth - 1), name=f"started by {current_thread().name}"))


def test_every_thread_can_start_another(evidence):
    """The main thread starts a thread, which starts another, and that one a third."""
    seen = []
    descend(seen, DEPTH)
    evidence.figures("who started whom", {f"depth {depth}": thread.name for depth, thread in enumerate(seen)})

    assert len(set(seen)) == 1 + DEPTH


def test_what_the_library_runs_can_use_the_library():
    """A function that the library runs may itself have functions run together."""
    inner = threads.run_together(lambda: threads.run_together(current_thread, current_thread), names=["outer"])

    assert len({*inner[0], current_thread()}) == 3


@needs(can_fork, has_proc)
def test_a_thread_too_many_is_refused(clean_room, evidence):
    """Where there is room for two threads, starting a third raises RuntimeError."""
    started, raised = clean_room.run(thread_limits.start_until_refused, 10)
    evidence.figures("a process with room for two threads", {"started": started, "then": raised})

    assert (started, raised) == (2, "RuntimeError")


@needs(can_fork, has_proc)
def test_library_runs_all_or_none(clean_room):
    """If a thread cannot be started the library calls no function, only `stop`, and raises the RuntimeError."""
    refusal = clean_room.run(thread_library.outcome_of_a_refusal)

    assert (refusal.existed, refusal.raised) == (2, "RuntimeError")
    assert (refusal.called, refusal.stops) == ([], 1)


@needs(can_fork, has_proc)
def test_library_leaves_none_of_the_threads_that_exist(clean_room):
    """If a thread cannot be started, those that the library has started before have ended when it raises."""
    assert clean_room.run(thread_library.outcome_of_a_refusal).left == 0


@saboteur(caught_by=test_every_thread_can_start_another)
def threads_that_start_none(patch):
    """Starting a thread runs its function in the thread that starts it."""
    patch.here(start=lambda thread: thread.run())


@saboteur(caught_by=test_what_the_library_runs_can_use_the_library)
def library_without_threads(patch):
    """The library runs one function after the other in the caller's thread."""
    patch.setattr(threads, "run_together", lambda *functions, **_: [function() for function in functions])


@saboteur(caught_by=test_a_thread_too_many_is_refused)
def refusal_that_is_not_told(patch):
    """A thread that cannot be started is taken for one that has ended."""
    patch.in_child(thread_limits.starting_that_tells_nothing)


@saboteur(caught_by=test_library_runs_all_or_none)
def library_that_begins_too_early(patch):
    """Each thread of the library calls its function as soon as it exists."""
    patch.in_child(thread_library.unbridled_start)


@saboteur(caught_by=test_library_leaves_none_of_the_threads_that_exist)
def library_that_leaves_its_threads(patch):
    """The library raises at once, and leaves the threads that it has started."""
    patch.in_child(thread_library.threads_not_awaited)
