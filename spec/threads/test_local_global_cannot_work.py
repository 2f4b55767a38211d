"""One global variable cannot hold a thing for each thread: every thread finds there what was stored last."""

from threading import local
from types import SimpleNamespace

from hypothesis.strategies import integers, lists, tuples

from concurrency_lib import thread_local
from concurrency_lib.thread_local import PerThread
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.properties import for_any
from spec.threads.local_lockstep import each, in_lockstep, show_acts
from spec.threads.targets import local_broken

claim = Claim(
    zh="一个全局变量没法替每个线程各存一份东西：谁来读，读到的都是最后存进去的那一份。",
    decides={"local.global-cannot-work": 313},
    ruling=Holds(),
    needs=[has_threads],
)

Global = SimpleNamespace
Local = local


def store_and_read(place, a, b):
    """Have each of two threads store its own name, and then each read."""
    for thread in (a, b):
        thread.do(setattr, place, "guest", f"guest of {thread.name}")
    return [thread.do(getattr, place, "guest") for thread in (a, b)]


def test_a_thread_finds_what_the_other_stored(evidence):
    """When two threads have each stored a name in one global, both read the name that was stored last."""
    with in_lockstep("A", "B") as (a, b):
        read = store_and_read(Global(), a, b)
        show_acts(evidence, "two threads and one global", a, b)

    assert read == ["guest of B", "guest of B"]


def test_the_last_to_store_decides_for_all():
    """In whatever order three threads store in a global, all of them find what the last of them stored."""
    with in_lockstep("A", "B", "C") as threads:

        @for_any(lists(tuples(integers(0, 2), integers()), min_size=1, max_size=8), examples=20)
        def all_find_the_last(stores):
            place = Global()
            for who, value in stores:
                threads[who].do(setattr, place, "value", value)

            assert each(threads, getattr, place, "value", None) == [stores[-1][1]] * 3


def test_in_a_thread_local_each_finds_its_own():
    """In a thread-local, instead of a global, each of the two threads finds the name that it stored itself."""
    with in_lockstep("A", "B") as (a, b):
        read = store_and_read(Local(), a, b)

    assert read == ["guest of A", "guest of B"]


def test_library_gives_each_thread_its_own():
    """Threads that share one `PerThread` are given resources that are not the same object."""
    with PerThread(object, lambda _: None) as things, in_lockstep("A", "B") as threads:
        first, second = each(threads, things.get)

    assert first is not second


@saboteur(caught_by=test_a_thread_finds_what_the_other_stored)
def global_with_a_value_for_each_thread(patch):
    """The global has an attribute for each thread."""
    patch.here(Global=local)


@saboteur(caught_by=test_the_last_to_store_decides_for_all)
def global_that_a_thread_cannot_change_for_others(patch):
    """What a thread stores in the global only itself finds."""
    patch.here(Global=local)


@saboteur(caught_by=test_in_a_thread_local_each_finds_its_own)
def local_shared_by_all(patch):
    """The thread-local is as global as any object."""
    patch.here(Local=local_broken.SharedByAll)


@saboteur(caught_by=test_library_gives_each_thread_its_own)
def library_with_one_for_all(patch):
    """The library keeps what it made where all threads find it."""
    patch.setattr(thread_local, "local", local_broken.SharedByAll)
