"""No thread sees or changes what is in the local variables of another."""

from functools import partial

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.threads.local_changes import all_at_once, do_nothing, meeting_of
from spec.threads.local_lockstep import in_lockstep, show_acts

claim = Claim(
    zh="一个线程的局部变量，别的线程既看不到，也改不了。",
    decides={"local.locals-private": 293},
    ruling=HoldsIf(
        condition="the object behind the name is the thread's own, and no inner function changes the name",
        because="what a thread has to itself is the name: the object that it stands for may have other names in "
        "other threads, and an inner function that runs in another thread shares the name itself",
        correction=Text(
            en="A local name is private; hand its object to no other thread, or guard it as you would a global.",
            zh="私有的只是局部变量这个名字。名字背后的对象不要交给别的线程；非交不可，就得像保护全局变量那样保护它。",
        ),
        references=[
            "https://docs.python.org/3/reference/executionmodel.html#binding-of-names",
            "https://docs.python.org/3/faq/programming.html#why-did-changing-list-y-also-change-list-x",
        ],
    ),
    needs=[has_threads],
)

THREADS = 4
STEPS = 10
STARTS = [100 * thread for thread in range(THREADS)]


def count_up(start, between):
    """Count in a local variable, and let the others read theirs before writing."""
    number = start
    between()
    for _ in range(STEPS):
        seen = number
        between()
        number = seen + 1
    return number


def with_inner_function():
    """Return two inner functions: one adds to a variable of this call, the other reads it."""
    number = 0

    def add():
        nonlocal number
        number += 1

    return add, lambda: number


def put_in(items):
    """Bind a local name to what was handed over, and add to it."""
    mine = items
    mine.append("from the other")


def put_in_a_copy(items):
    mine = list(items)
    mine.append("from the other")


def test_counting_in_a_local_is_undisturbed(evidence):
    """Threads that count in local variables, all between reading and writing at once, each count exactly."""
    meeting = meeting_of(THREADS)
    counted = all_at_once(*[partial(count_up, start, meeting) for start in STARTS])
    evidence.figures(
        f"{STEPS} steps without a lock", dict(zip((f"from {start} to" for start in STARTS), counted, strict=True))
    )

    assert counted == [start + STEPS for start in STARTS]


def test_an_object_that_was_handed_over_is_shared(evidence):
    """A list that two threads each call by a local name is one list: one finds what the other has put in."""
    ours = ["from here"]
    with in_lockstep("the other") as (other,):
        other.do(put_in, ours)
        show_acts(evidence, "a list that was handed over", other)

    assert ours == ["from here", "from the other"]


def test_an_inner_function_takes_the_name_along():
    """An inner function that another thread calls changes the local variable of the call that made it."""
    add, read = with_inner_function()
    with in_lockstep("the other") as (other,):
        other.do(add)

    assert read() == 1


@saboteur(caught_by=test_counting_in_a_local_is_undisturbed)
def count_in_one_variable(patch):
    """All threads count in one variable."""
    shared = [0]

    def count_up_together(start, between):
        shared[0] = start
        between()
        for _ in range(STEPS):
            seen = shared[0]
            between()
            shared[0] = seen + 1
        return shared[0]

    patch.here(count_up=count_up_together)


@saboteur(caught_by=test_an_object_that_was_handed_over_is_shared)
def object_that_is_copied(patch):
    """A thread works on a copy of what it is handed."""
    patch.here(put_in=put_in_a_copy)


@saboteur(caught_by=test_an_inner_function_takes_the_name_along)
def inner_function_with_a_name_of_its_own(patch):
    """The inner function has a variable of its own."""
    patch.here(with_inner_function=lambda: (do_nothing, lambda: 0))
