"""A global dictionary with the thread as its key serves every thread its own object."""

from threading import local

from hypothesis.strategies import integers, lists, tuples

from concurrency_lib import thread_local
from concurrency_lib.thread_local import PerThread
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.properties import for_any
from spec.threads.local_lockstep import each, in_lockstep, show_acts
from spec.threads.local_registers import ByThread, InALocal, Thing, UnderOneKey, alive_after, put_new
from spec.threads.targets import local_broken

claim = Claim(
    zh="用一个全局字典，以线程为键，就能让每个线程取到自己的那个对象。",
    decides={"local.dict-by-thread-works": (315, 338)},
    ruling=HoldsIf(
        condition="each thread deletes its entry before it ends",
        because="nobody else does: the entry keeps both the object and the thread's own alive for as long as the "
        "dictionary lives, and a program that goes on starting threads goes on filling it",
        correction=Text(
            en="What a thread binds in a threading.local goes when the thread has ended; what must also be closed "
            "then can be left to PerThread.",
            zh="存进 threading.local 的东西，线程结束后就会释放；结束时还需要关闭的资源，可以交给 PerThread 来管。",
        ),
        references=["https://docs.python.org/3/library/threading.html#thread-local-data"],
    ),
    needs=[has_threads],
)

THREADS = 3
NAMES = [f"thread {number}" for number in range(THREADS)]
Register = ByThread
Local = local


def delete_entry(register):
    register.delete()


def test_each_thread_finds_its_own_entry():
    """Whatever three threads put into the dictionary, and in whatever order, each finds what it put there last."""
    with in_lockstep(*NAMES) as threads:

        @for_any(lists(tuples(integers(0, THREADS - 1), integers()), max_size=8), examples=20)
        def each_finds_its_last(entries):
            register, last = Register(), {}
            for who, value in entries:
                threads[who].do(register.put, value)
                last[who] = value

            assert {who: threads[who].do(register.find) for who in last} == last


def test_entries_outlive_their_threads(evidence):
    """When the threads have ended, their entries and all objects in these are still there."""
    register = Register()
    with in_lockstep(*NAMES) as threads:
        alive = alive_after(threads, each(threads, put_new, register))
    evidence.figures("objects left by threads that ended", {"in a dictionary": alive})

    assert alive == THREADS
    assert len(register.entries) == THREADS
    assert not any(thread.is_alive() for thread in register.entries)


def test_deleted_entries_keep_nothing():
    """A thread that deletes its entry before it ends leaves nothing in the dictionary."""
    register = Register()
    with in_lockstep(*NAMES) as threads:
        things = each(threads, put_new, register)
        each(threads, delete_entry, register)

        assert alive_after(threads, things) == 0
    assert not register.entries


def test_what_a_local_holds_goes_with_its_thread(evidence):
    """When the threads have ended, the objects that they bound in a thread-local are gone, and the local is there."""
    register = InALocal(Local)
    with in_lockstep(*NAMES) as threads:
        alive = alive_after(threads, each(threads, put_new, register))
    evidence.figures("objects left by threads that ended", {"in a thread-local": alive})

    assert alive == 0


def test_library_closes_what_a_thread_leaves(evidence):
    """A resource of the library is closed once when its thread has ended, and those of the others stay open."""
    closed = []
    with PerThread(Thing, closed.append) as things, in_lockstep("A", "B") as (a, b):
        of_a, of_b = a.do(things.get), b.do(things.get)

        alive_after([a], [])

        assert closed == [of_a]
        assert b.do(things.get) is of_b

        show_acts(evidence, "B is served after the end of A", a, b)

    assert closed == [of_a, of_b]


def test_library_closes_leavings_when_another_begins():
    """Where an interpreter is slow to tell that a thread is gone, its resource is closed when another first asks."""
    closed = []
    with PerThread(Thing, closed.append) as things, in_lockstep("A", "B") as (a, b):
        things._local = local_broken.Everlasting()  # noqa: SLF001 - it lets nothing go, as slowly as can be
        of_a = a.do(things.get)
        a.end()
        before = list(closed)
        b.do(things.get)

        assert before == []
        assert closed == [of_a]


@saboteur(caught_by=test_each_thread_finds_its_own_entry)
def dictionary_with_one_key(patch):
    """All threads look under the same key."""
    patch.here(Register=UnderOneKey)


@saboteur(caught_by=test_entries_outlive_their_threads)
def dictionary_that_is_a_local(patch):
    """What is put there belongs to the thread, and goes with it."""
    patch.here(Register=lambda: InALocal(local))


@saboteur(caught_by=test_deleted_entries_keep_nothing)
def deletion_that_is_forgotten(patch):
    """A thread ends without deleting its entry."""
    patch.here(delete_entry=lambda _: None)


@saboteur(caught_by=test_what_a_local_holds_goes_with_its_thread)
def local_that_keeps_everything(patch):
    """What a thread binds in the local stays there for good."""
    patch.here(Local=local_broken.Everlasting)


@saboteur(caught_by=test_library_closes_what_a_thread_leaves)
def library_that_does_not_notice_an_end(patch):
    """The library leaves it to the owner to close everything."""
    patch.setattr(thread_local, "local", local_broken.Everlasting)


@saboteur(caught_by=test_library_closes_leavings_when_another_begins)
def library_that_does_not_look(patch):
    """The library takes every thread for alive."""
    patch.setattr(thread_local.Ticket, "is_left", lambda _: False)
