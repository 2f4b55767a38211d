"""A thread-local finds by itself what the thread that asks has bound, and nothing that another has."""

from collections import Counter
from threading import get_ident, local

from hypothesis.strategies import booleans, integers, lists, sampled_from, tuples

from concurrency_lib import thread_local
from concurrency_lib.thread_local import PerThread
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.properties import for_any
from spec.threads.local_lockstep import each, in_lockstep, show_acts
from spec.threads.local_scripts import NOTHING, act_on, act_on_model, class_that_begins, class_that_notes
from spec.threads.targets import local_broken

claim = Claim(
    zh="哪个线程来取，threading.local 就自动给出那个线程自己绑定的值，绝不会给出别的线程的值。",
    decides={"local.auto-lookup": 340},
    ruling=Holds(),
    needs=[has_threads],
)

Local = local

DEEDS = tuples(integers(0, 2), sampled_from(["bind", "look", "delete", "list"]), sampled_from("ab"), integers(0, 9))


def test_each_thread_finds_what_it_bound(evidence):
    """A thread finds in a thread-local what it has bound there itself, whatever others bound before and after."""
    desk = Local()
    desk.guest = "Eve"
    with in_lockstep("thread A", "thread B") as (a, b):
        a.do(setattr, desk, "guest", "Ann")
        b.do(setattr, desk, "guest", "Ben")
        found = [a.do(getattr, desk, "guest", NOTHING), b.do(getattr, desk, "guest", NOTHING), desk.guest]
        show_acts(evidence, "two threads and one thread-local", a, b)

    assert found == ["Ann", "Ben", "Eve"]


def test_a_thread_that_bound_nothing_finds_nothing():
    """To a thread that has bound nothing an attribute is missing, though the starter of the thread has it."""
    desk = Local()
    desk.guest = "Eve"
    with in_lockstep("newcomer") as (newcomer,):
        there = newcomer.do(hasattr, desk, "guest")

    assert not there


def test_it_is_like_a_dictionary_for_each_thread():
    """Whatever three threads bind, look up and delete, each finds what a dictionary of its own would hold.

    So they do in a subclass, whose initialisation begins the dictionary of each.
    """
    with in_lockstep("A", "B", "C") as threads:

        @for_any(booleans(), lists(DEEDS, min_size=2, max_size=12), examples=40)
        def like_dictionaries(initialised, deeds):
            kind, first = (class_that_begins(Local), {"a": 0}) if initialised else (Local, {})
            desk, models = kind(), [dict(first) for _ in threads]

            for who, *deed in deeds:
                assert threads[who].do(act_on, desk, *deed) == act_on_model(models[who], *deed)


def test_a_subclass_is_initialised_in_each_thread():
    """A subclass is initialised once in each thread that uses it, with the arguments that it was made with."""
    notes = []
    desk = class_that_notes(Local, notes)(1, step=2)
    with in_lockstep("A", "B") as threads:
        idents = each(threads, get_ident)
        first_look = each(threads, getattr, desk, "number", NOTHING)
        each(threads, setattr, desk, "number", 5)
        second_look = each(threads, getattr, desk, "number", NOTHING)

    assert sorted(notes) == sorted((ident, 1, 2) for ident in [get_ident(), *idents])
    assert first_look == [1, 1]
    assert second_look == [5, 5]
    assert desk.number == 1


def test_library_looks_up_the_threads_own():
    """The library makes a resource when a thread first asks, and gives that one to this thread ever after."""
    with in_lockstep("A", "B", "C") as threads:

        @for_any(lists(integers(0, 2), max_size=8), examples=20)
        def each_has_one(askers):
            made = Counter()

            with PerThread(lambda: made.update([get_ident()]) or get_ident(), lambda _: None) as numbers:
                given = [(threads[who].do(get_ident), threads[who].do(numbers.get)) for who in askers]

            assert all(asker == resource for asker, resource in given)
            assert made == dict.fromkeys({asker for asker, _ in given}, 1)


@saboteur(caught_by=test_each_thread_finds_what_it_bound)
def local_shared_by_all(patch):
    """What one thread binds replaces what all others have bound."""
    patch.here(Local=local_broken.SharedByAll)


@saboteur(caught_by=test_a_thread_that_bound_nothing_finds_nothing)
def local_that_is_inherited(patch):
    """A thread begins with what its starter has bound."""
    patch.here(Local=local_broken.Inherited)


@saboteur(caught_by=test_it_is_like_a_dictionary_for_each_thread)
def local_deleted_for_all(patch):
    """Deleting deletes for all threads."""
    patch.here(Local=local_broken.DeletedForAll)


@saboteur(caught_by=test_it_is_like_a_dictionary_for_each_thread)
def subclass_that_begins_empty(patch):
    """A subclass begins without what its initialisation has bound, in all threads but one."""
    patch.here(Local=local_broken.InitialisedOnce)


@saboteur(caught_by=test_a_subclass_is_initialised_in_each_thread)
def local_initialised_once(patch):
    """A subclass is initialised in the thread that makes it, and in no other."""
    patch.here(Local=local_broken.InitialisedOnce)


@saboteur(caught_by=test_library_looks_up_the_threads_own)
def library_with_one_for_all(patch):
    """The library keeps what it made where all threads find it."""
    patch.setattr(thread_local, "local", local_broken.SharedByAll)
