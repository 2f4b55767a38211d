"""`current_thread` gives each thread its own Thread object."""

import threading

from concurrency_lib import threads
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.threads.targets import thread_names
from spec.threads.together import together

claim = Claim(
    zh="current_thread() 返回的总是调用它的那个线程自己的 Thread 对象。",
    decides={"thread.current-thread-always": 226},
    ruling=HoldsIf(
        condition="the thread was started by threading",
        because="a thread that _thread or a C library started has no Thread object; one is made up when it asks, "
        "called Dummy-1 or the like, which cannot be joined",
        correction=Text(
            en="A thread that threading did not start gets a stand-in, which has its identifier and nothing more.",
            zh="不是由 threading 启动的线程，得到的只是一个替身：除了标识符是真的，别的都靠不住。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.current_thread"],
    ),
    needs=[has_threads],
)

current_thread = threading.current_thread


def test_each_thread_gets_its_own_object(evidence):
    """In each of several threads it is the object that was made for that one, and in the main thread the main one's."""
    with together(*[lambda: current_thread()] * 3) as running:  # noqa: PLW0108 - whatever it is by then
        given = [each.value() for each in running]
    evidence.figures("given and made", {one.name: each.name for one, each in zip(given, running, strict=True)})

    assert given == [each.thread for each in running]
    assert current_thread() is threading.main_thread()


def test_the_object_has_the_identifier_of_the_thread_that_asks():
    """The object's identifier is the one by which the thread itself is known."""

    def both():
        return current_thread().ident, threading.get_ident()

    with together(both, both) as running:
        pairs = [each.value() for each in running]

    assert all(given == own for given, own in pairs)


def test_functions_of_the_library_get_the_thread_of_that_name():
    """A function that the library runs under a name finds itself in the thread of that name."""
    names = ["first", "second"]

    assert [thread.name for thread in threads.run_together(*[lambda: current_thread()] * 2, names=names)] == names  # noqa: PLW0108


@needs(can_fork)
def test_a_foreign_thread_gets_a_stand_in(clean_room, evidence):
    """A thread that threading did not start gets an object made up for it, the same again each time that it asks."""
    look = clean_room.run(thread_names.look_from_a_foreign_thread)
    evidence.figures("what a thread of _thread gets", {"name": look.name, "class": look.kind})

    assert look.kind == "_DummyThread"
    assert look.name.startswith("Dummy-")
    assert look.has_own_ident
    assert look.is_same_again


@saboteur(caught_by=test_each_thread_gets_its_own_object)
def one_object_for_all(patch):
    """Whoever asks gets the object that was asked for first."""
    patch.here(current_thread=threading.main_thread)


@saboteur(caught_by=test_the_object_has_the_identifier_of_the_thread_that_asks)
def one_identifier_for_all(patch):
    """Whoever asks gets an object with the main thread's identifier."""
    patch.here(current_thread=threading.main_thread)


@saboteur(caught_by=test_functions_of_the_library_get_the_thread_of_that_name)
def library_that_names_no_thread(patch):
    """The library starts its threads under names of their own."""
    really = threads.run_together
    patch.setattr(threads, "run_together", lambda *functions, **_: really(*functions))


@saboteur(caught_by=test_a_foreign_thread_gets_a_stand_in)
def main_thread_for_strangers(patch):
    """A thread that threading did not start gets the main thread's object."""
    patch.in_child(thread_names.every_thread_the_main_one)
