"""A thread-local is one object for all, whose attributes each thread reads and writes without touching another's."""

from threading import local

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.threads.local_fragments import error_of
from spec.threads.local_lockstep import each, in_lockstep, show_acts
from spec.threads.targets import local_broken, local_forks

claim = Claim(
    zh="ThreadLocal 对象是全局的一个，它的属性却是每个线程一套，各自读写，互不相干。",
    decides={"local.global-object-per-thread-attr": 346},
    ruling=HoldsIf(
        condition="the thread that reads has bound the attribute, to an object that no other thread has",
        because="only the binding is the thread's own: an object bound by several threads is one object; what "
        "only others have bound is missing; and of what was bound before a fork a child keeps that of the "
        "thread that forked",
        correction=Text(
            en="Bind a fresh object in each thread, in the __init__ of a subclass for instance, which each thread runs "
            "when it first uses the local.",
            zh="每个线程都要绑定自己新建的对象，比如写在子类的 __init__ 里：每个线程第一次用到它时都会执行一遍。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.local"],
    ),
    needs=[has_threads],
)

Local = local


def bind_and_add(desk, items, item):
    """Bind a list, and add to it; return how many items it has then."""
    desk.items = items
    desk.items.append(item)
    return len(desk.items)


def add_to_own(desk, item):
    desk.items.append(item)
    return desk.items


def class_with_a_list(base):
    """Make a class of thread-locals with a list of each thread's own."""

    class WithList(base):
        def __init__(self):
            self.items = []

    return WithList


def test_writing_disturbs_no_other_thread(evidence):
    """What one thread writes to the one object between two readings of another makes no difference to that."""
    desk = Local()
    with in_lockstep("A", "B") as (a, b):
        a.do(setattr, desk, "number", 1)
        before = a.do(getattr, desk, "number")
        b.do(setattr, desk, "number", 2)
        after = a.do(getattr, desk, "number")
        objects = each([a, b], id, desk)
        show_acts(evidence, "B writes while A reads twice", a, b)

    assert (before, after) == (1, 1)
    assert objects == [id(desk)] * 2


def test_an_object_that_all_bind_is_one():
    """A list that three threads each bind to their attribute is one list, to which all of them add."""
    desk, items = Local(), []
    with in_lockstep("A", "B", "C") as threads:
        lengths = [thread.do(bind_and_add, desk, items, thread.name) for thread in threads]

    assert lengths == [1, 2, 3]
    assert items == ["A", "B", "C"]


def test_what_another_bound_is_missing():
    """To read an attribute that only another thread has bound is an AttributeError."""
    desk = Local()
    with in_lockstep("A", "B") as (a, b):
        a.do(setattr, desk, "number", 1)
        error = b.do(error_of, lambda: desk.number)

    assert error is AttributeError


def test_a_subclass_binds_a_fresh_object_in_each_thread():
    """A subclass that binds a new list in its `__init__` has another list in each thread."""
    desk = class_with_a_list(Local)()
    with in_lockstep("A", "B") as threads:
        lists_of_both = [thread.do(add_to_own, desk, thread.name) for thread in threads]

    assert lists_of_both == [["A"], ["B"]]
    assert desk.items == []


@needs(can_fork)
def test_a_child_keeps_what_the_forking_thread_bound(clean_room):
    """A forked child finds what the thread that forked has bound, and only in that thread."""
    assert clean_room.run(local_forks.found_by_a_child) == ["bound in the thread that forks", "nothing"]


@needs(can_fork)
def test_library_makes_a_childs_own(clean_room, evidence):
    """The library makes a forked child a resource of its own, and leaves those of the parent open for the parent."""
    seen = clean_room.run(local_forks.resources_of_a_child)
    evidence.figures("two threads' resources, and a child", {what: str(which) for what, which in seen.items()})

    assert seen["child gets"] == ["3 of child"] * 2
    assert seen["child closed"] == ["3 of child"]
    assert seen["before"] == seen["afterwards"] == seen["closed in the end"] == ["1 of parent", "2 of parent"]
    assert seen["closed meanwhile"] == []


@saboteur(caught_by=test_writing_disturbs_no_other_thread)
def local_shared_by_all(patch):
    """What one thread writes all others read."""
    patch.here(Local=local_broken.SharedByAll)


@saboteur(caught_by=test_an_object_that_all_bind_is_one)
def binding_that_copies(patch):
    """A thread binds a copy of what it is handed."""
    patch.here(bind_and_add=lambda _, items, item: len([*items, item]))


@saboteur(caught_by=test_what_another_bound_is_missing)
def local_in_which_nothing_is_missing(patch):
    """What a thread has not bound reads as None."""
    patch.here(Local=local_broken.NothingMissing)


@saboteur(caught_by=test_a_subclass_binds_a_fresh_object_in_each_thread)
def subclass_with_one_list(patch):
    """The subclass binds the same list in every thread."""
    patch.here(class_with_a_list=class_with_one_list)


def class_with_one_list(base):
    items = []
    return type("WithOneList", (base,), {"__init__": lambda self: setattr(self, "items", items)})


@saboteur(caught_by=test_a_child_keeps_what_the_forking_thread_bound)
def local_that_a_childs_threads_share(patch):
    """All threads of the child find the one value that there is."""
    patch.in_child(local_forks.shared_local)


@saboteur(caught_by=test_library_makes_a_childs_own)
def library_that_hands_down(patch):
    """The library hands the parent's resources down to a child."""
    patch.in_child(local_forks.resources_that_are_inherited)
