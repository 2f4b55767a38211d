"""What is bound in a thread-local needs no lock: however many threads change it, nobody loses a change."""

from contextvars import ContextVar
from functools import partial
from threading import local

from concurrency_lib.interleavings import explore
from concurrency_lib.thread_local import PerThread
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.threads.local_changes import Counter, add_one, all_at_once, count_twice, meeting_of
from spec.threads.local_fragments import error_of
from spec.threads.local_handling import ClosedMeanwhile
from spec.threads.local_tasks import bound_and_read
from spec.threads.targets import local_broken, local_library_broken

claim = Claim(
    zh="存进 ThreadLocal 的数据不用加锁：再多线程同时修改，谁的改动也不会丢。",
    decides={"local.no-lock-needed": 346},
    ruling=HoldsIf(
        condition="each thread does one thing at a time, without coroutines that take turns in it",
        because="nothing is locked there: nothing is shared between threads, and that is all; tasks of one "
        "event loop run in one thread, have one binding between them, and do interfere",
        correction=Text(
            en="For a value of each asyncio task use a contextvars.ContextVar, which each task has for itself.",
            zh="要让每个 asyncio 任务各有一份，请改用 contextvars.ContextVar，它在每个任务里各自独立。",
        ),
        references=[
            "https://docs.python.org/3/library/contextvars.html",
            "https://peps.python.org/pep-0567/#rationale",
        ],
    ),
    needs=[has_threads],
)

THREADS = 4
STEPS = 10
Local = local
Variable = ContextVar


def count(place, start, between):
    """Count in an attribute, and let the others read theirs before writing."""
    place.number = start
    between()
    for _ in range(STEPS):
        add_one(place, between)
    return place.number


def test_every_thread_counts_exactly(evidence):
    """Threads that count in one thread-local, all between reading and writing at once, each count exactly."""
    place, meeting = Local(), meeting_of(THREADS)
    starts = [100 * thread for thread in range(THREADS)]
    counted = all_at_once(*[partial(count, place, start, meeting) for start in starts])
    evidence.figures(
        f"{STEPS} steps without a lock", dict(zip((f"from {start} to" for start in starts), counted, strict=True))
    )

    assert counted == [start + STEPS for start in starts]


def test_no_order_of_the_steps_loses_a_change(evidence):
    """In every order of the steps of two threads on one thread-local, each finds what it has written."""
    found = explore(Local, [count_twice] * 2, lambda _: True, shared=["number"])
    evidence.figures("all orders", {"ran": found.schedules, "ended wrong": found.failures})

    assert found.exhausted
    assert found.failures == 0


def test_tasks_of_one_thread_interfere(evidence):
    """Of two tasks that take turns in one thread, the first reads from a thread-local what the second has bound."""
    place = Local()
    read = bound_and_read(partial(setattr, place, "name"), lambda: place.name)
    evidence.figures("what was read, having bound its own name", {"task a": read[0], "task b": read[1]})

    assert read == ["b", "b"]


def test_a_context_variable_is_each_tasks_own():
    """From a context variable each of the two tasks reads what it has set itself."""
    variable = Variable("name")

    assert bound_and_read(variable.set, variable.get) == ["a", "b"]


def test_library_closes_what_is_made_while_it_closes():
    """A resource that is being made while the owner closes is closed too, and its thread is refused."""
    late = ClosedMeanwhile()
    error = error_of(late.things.get)

    assert error is ValueError
    assert late.closed == ["made too late"]


def test_library_closes_nothing_twice():
    """When the owner closes again, in the midst of closing or afterwards, no resource is closed twice."""
    closed = []

    def close(thing):
        closed.append(thing)
        things.close()

    things = PerThread(object, close)
    with things:
        things.get()
    things.close()

    assert len(closed) == 1


@saboteur(caught_by=test_every_thread_counts_exactly)
def place_that_all_share(patch):
    """All threads count in one place."""
    patch.here(Local=Counter)


@saboteur(caught_by=test_no_order_of_the_steps_loses_a_change)
def plain_object(patch):
    """The two threads write to a plain object."""
    patch.here(Local=Counter)


@saboteur(caught_by=test_tasks_of_one_thread_interfere)
def local_of_each_task(patch):
    """The local looks into the context of the task."""
    patch.here(Local=local_broken.OfEachTask)


@saboteur(caught_by=test_a_context_variable_is_each_tasks_own)
def variable_of_the_thread(patch):
    """The context variable is a thread-local."""
    patch.here(Variable=local_broken.VariableOfTheThread)


@saboteur(caught_by=test_library_closes_what_is_made_while_it_closes)
def library_that_does_not_look_again(patch):
    """The library looks whether it is closed before it makes a resource, and not after."""
    patch.setattr(PerThread, "_make_one", local_library_broken.make_without_looking_again)


@saboteur(caught_by=test_library_closes_nothing_twice)
def library_that_closes_and_then_forgets(patch):
    """The library forgets a resource when it has been closed, and not before."""
    patch.setattr(PerThread, "_end", local_library_broken.close_and_then_forget)
