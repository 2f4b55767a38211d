"""A global variable that several threads change must be changed under a lock."""

from functools import partial

from hypothesis.strategies import integers, lists

from concurrency_lib.interleavings import Lock as ControlledLock
from concurrency_lib.interleavings import explore, shown
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.evidence import Step
from spec.support.properties import for_any
from spec.threads.local_changes import Counter, add_one, all_at_once, meeting_of

claim = Claim(
    zh="全局变量要由几个线程来改，就必须加锁。",
    decides={"local.globals-need-lock": 293},
    ruling=HoldsIf(
        condition="the change reads the variable before it writes it",
        because="what one operation of a built-in container does, such as append to a list, is whole without a "
        "lock of ours, with and without a global interpreter lock: only changes of several steps can be torn",
        correction=Text(
            en="Lock what reads before it writes, and whatever must fit together; a list that is only "
            "appended to loses nothing without a lock.",
            zh="先读后写的修改，以及必须相互吻合的几处修改，都要加锁；只做 append 的列表，不加锁也不会丢东西。",
        ),
        references=[
            "https://docs.python.org/3/faq/library.html#what-kinds-of-global-value-mutation-are-thread-safe",
            "https://docs.python.org/3/howto/free-threading-python.html#thread-safety",
        ],
    ),
    needs=[has_threads],
)

THREADS = 2


class Changed:
    """What the explored threads change."""

    def __init__(self):
        self.number = 0
        self.items = []
        self.lock = ControlledLock()


def add(changed):
    changed.number = changed.number + 1


def add_locked(changed):
    with changed.lock:
        changed.number = changed.number + 1


def append(changed):
    changed.items.append(1)


def append_by_hand(changed):
    changed.items = [*changed.items, 1]


def put_all(items, values):
    for value in values:
        items.append(value)


def explored(change):
    """Have two threads make the change in every order of their steps."""
    return explore(Changed, [change] * 2, lambda changed: changed.number + len(changed.items) == 2)


def test_two_that_read_before_either_writes_lose_a_change(evidence):
    """Two threads that have both read a number before either writes it back add one to it, and not two."""
    counter = Counter()
    all_at_once(*[partial(add_one, counter, meeting_of(THREADS))] * THREADS)
    evidence.figures("two additions without a lock", {"the number": counter.number})

    assert counter.number == 1


def test_some_order_of_the_steps_loses_a_change(evidence):
    """Of all orders in which two threads can read and write a number, some lose one of two additions."""
    found = explored(add)
    steps = [Step(*step) for step in shown(found.failure)] if found.failure else []
    evidence.interleaving("an order in which an addition is lost", steps)
    evidence.figures("all orders", {"ran": found.schedules, "lost an addition": found.failures})

    assert found.exhausted
    assert 0 < found.failures < found.schedules


def test_no_order_loses_a_change_under_a_lock():
    """When both take one lock for the addition, no order of their steps loses any."""
    found = explored(add_locked)

    assert found.exhausted
    assert found.failures == 0


def test_no_order_of_two_appends_loses_one(evidence):
    """Two threads that each append to one list without a lock both have their item in it, in every order."""
    found = explored(append)
    evidence.figures("all orders", {"ran": found.schedules, "lost an item": found.failures})

    assert found.exhausted
    assert found.failures == 0


def test_whatever_is_appended_arrives():
    """Whatever four threads append to one list at the same time is all there, what each appended in its order."""

    @for_any(lists(integers(), max_size=200), examples=8)
    def arrives_in_order(values):
        items = []
        all_at_once(*(partial(put_all, items, [(who, value) for value in values]) for who in range(4)))

        assert [[value for by, value in items if by == who] for who in range(4)] == [values] * 4


@saboteur(caught_by=test_two_that_read_before_either_writes_lose_a_change)
def additions_one_after_the_other(patch):
    """Nobody reads before the other has written."""
    patch.here(all_at_once=lambda *changes: [add_one(change.args[0]) for change in changes])


@saboteur(caught_by=test_some_order_of_the_steps_loses_a_change)
def addition_in_one_step(patch):
    """The number is read and written in one step."""
    patch.here(add=append)


@saboteur(caught_by=test_no_order_loses_a_change_under_a_lock)
def lock_that_is_not_taken(patch):
    """One adds without taking the lock."""
    patch.here(add_locked=add)


@saboteur(caught_by=test_no_order_of_two_appends_loses_one)
def append_in_two_steps(patch):
    """The list is read, and then replaced by a longer one."""
    patch.here(append=append_by_hand)


@saboteur(caught_by=test_whatever_is_appended_arrives)
def list_that_drops_items(patch):
    """Every item but the first of a thread is dropped."""
    patch.here(put_all=lambda items, values: items.extend(values[:1]))
