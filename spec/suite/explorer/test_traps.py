"""The explorer finds what other tools have certified not to exist."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import Condition, Event, ExplorationError, Lock, Queue, Semaphore, explore
from concurrency_lib.interleavings.results import Uncontrolled
from spec.suite.explorer import programs


def test_the_last_writer_under_a_lock():
    """Under a lock either worker may be the last to write."""

    def writing(value):
        def write(state):
            with state.lock:
                state.last = value

        return write

    found = explore(
        lambda: SimpleNamespace(lock=Lock(), last=0), [writing(1), writing(2)], lambda s: s.last == 2
    )

    assert (found.schedules, found.failures) == (2, 1)


def gated():
    """Return two locks and a gate before them."""
    return SimpleNamespace(gate=Lock(), left=Lock(), right=Lock())


def test_a_deadlock_behind_a_gate():
    """A deadlock is found that needs the other worker to have gone through a gate first."""

    def one(state):
        with state.gate:
            pass
        with state.left, state.right:
            pass

    def other(state):
        with state.gate:
            pass
        with state.right, state.left:
            pass

    found = explore(gated, [one, other], programs.always)

    assert found.deadlocks > 0
    assert {wait.primitive for wait in found.deadlock.waits} == {"Lock 2", "Lock 3"}


def test_a_gate_that_is_held():
    """A gate that is held while both locks are taken leaves no deadlock."""

    def one(state):
        with state.gate, state.left, state.right:
            pass

    def other(state):
        with state.gate, state.right, state.left:
            pass

    found = explore(gated, [one, other], programs.always)

    assert (found.deadlocks, found.exhausted) == (0, True)


def test_check_then_act_on_a_queue():
    """A worker that takes from a queue that was not empty may find it empty all the same."""

    def setup():
        queue = Queue()
        queue.put("the only one")
        return queue

    def take(queue):
        if not queue.empty():
            queue.get_nowait()

    found = explore(setup, [take, take], programs.always)

    assert found.failures > 0
    assert "Empty" in found.failure.says


def test_check_then_act_on_a_list():
    """A truth test of a list is a step: a worker that pops after it may find the list empty."""

    def take(state):
        if state.items:
            state.items.pop()

    found = explore(lambda: SimpleNamespace(items=[1]), [take, take], programs.always)

    assert found.failures > 0
    assert "IndexError" in found.failure.says
    assert found.failures < found.schedules


def test_a_list_changed_by_c():
    """What a method written in C does to a shared list conflicts with every look at it."""

    def add(state):
        state.items.append(1)

    def look(state):
        state.seen = len(state.items)

    found = explore(
        lambda: SimpleNamespace(items=[], seen=None), [add, look], programs.always, observe=lambda s: s.seen
    )

    assert set(found.outcomes) == {0, 1}


def test_an_item():
    """An item of a dictionary that two workers count up loses an update."""

    def count(state):
        state["n"] += 1

    found = explore(lambda: {"n": 0}, [count, count], programs.always, observe=lambda s: s["n"])

    assert set(found.outcomes) == {1, 2}


def test_a_variable_of_a_closure():
    """A variable of a closure that two workers count up loses an update in some schedules."""
    counted = 0

    def reset():
        nonlocal counted
        counted = 0

    def count(_):
        nonlocal counted
        counted += 1

    found = explore(reset, [count, count], programs.always, observe=lambda _: counted)

    assert set(found.outcomes) == {1, 2}
    assert found.schedules == 4


def test_a_closure_that_only_reads():
    """A worker that only reads a closure's variable never undoes another worker's write to it."""
    seen = 0

    def setup():
        nonlocal seen
        seen = 0

    def write(_):
        nonlocal seen
        seen = 1

    def read(_):
        return [seen + 1, seen + 1]

    found = explore(setup, [read, write, read], lambda _: seen == 1)

    assert (found.failures, found.exhausted) == (0, True)


def test_a_special_method():
    """A special method of the program is explored, though no call of it is written down."""

    class Counter:
        def __init__(self):
            self.n = 0

        def __iadd__(self, amount):
            self.n = self.n + amount
            return self

    def count(state):
        state.counter += 1

    found = explore(
        lambda: SimpleNamespace(counter=Counter()),
        [count, count],
        programs.always,
        observe=lambda s: s.counter.n,
    )

    assert set(found.outcomes) == {1, 2}


def test_a_callback_from_c():
    """A function of the program that C code calls is explored."""

    def setup():
        return SimpleNamespace(n=0)

    def count(state):
        def one_more(item):
            state.n = state.n + 1
            return item

        sorted([1], key=one_more)

    found = explore(setup, [count, count], programs.always, observe=lambda s: s.n)

    assert set(found.outcomes) == {1, 2}


def test_a_notification_that_is_lost():
    """A flag that is looked at outside the lock loses a wake-up."""

    def setup():
        return SimpleNamespace(condition=Condition(Lock()), ready=False)

    def wait(state):
        if not state.ready:
            with state.condition:
                state.condition.wait()

    def tell(state):
        with state.condition:
            state.ready = True
            state.condition.notify()

    found = explore(setup, [wait, tell], programs.always)

    assert found.deadlocks > 0


def test_a_timeout_and_a_notification():
    """A notification that reaches a waiter whose time is up is lost on the one that waits behind it."""

    def hasty(condition):
        with condition:
            condition.wait(timeout=1)

    def patient(condition):
        with condition:
            condition.wait()

    def tell(condition):
        with condition:
            if len(condition._waiters) == 2:  # noqa: SLF001
                condition.notify()
            else:
                condition.notify_all()
                condition.notify_all()

    found = explore(lambda: Condition(Lock()), [hasty, patient, tell], programs.always)

    assert found.deadlocks > 0


@pytest.mark.parametrize("timed", [{"blocking": False}, {"timeout": 1}], ids=["non-blocking", "timeout"])
def test_an_acquire_that_may_fail(timed):
    """An acquire that does not wait for ever succeeds in some schedules and fails in others."""

    def hold(state):
        with state.lock:
            pass

    def attempt(state):
        state.got = state.lock.acquire(**timed)

    found = explore(
        lambda: SimpleNamespace(lock=Lock(), got=None),
        [hold, attempt],
        programs.always,
        observe=lambda s: s.got,
    )

    assert set(found.outcomes) == {True, False}


def test_an_event_that_is_cleared():
    """A worker that waits for an event goes on once it was set, though it is cleared before the worker runs.

    The wait is two steps, look and wake. Look, set, then wake and clear in either order: 2 schedules. Set,
    look, clear: the look is enough. Set, clear, look: it waits for ever. That makes 4, one of them a deadlock.
    """  # noqa: E501

    def wait(event):
        event.wait()

    def pulse(event):
        event.set()
        event.clear()

    found = explore(Event, [wait, pulse], programs.always)

    assert (found.schedules, found.deadlocks) == (4, 1)


def test_a_semaphore_admits_two():
    """A semaphore of two admits two workers together, and never three."""

    def setup():
        return SimpleNamespace(semaphore=Semaphore(2), inside=Queue(), most=Queue())

    def enter(state):
        with state.semaphore:
            state.inside.put(1)
            state.most.put(state.inside.qsize())
            state.inside.get()

    found = explore(
        setup, [enter] * 3, programs.always, bound=2, observe=lambda s: max(s.most.get() for _ in range(3))
    )

    assert set(found.outcomes) == {1, 2}


def test_a_thread_of_ones_own():
    """A worker that starts a thread is refused, with the line that does."""
    import threading  # noqa: PLC0415

    def start(_):
        threading.Thread(target=print).start()

    with pytest.raises(Uncontrolled, match=r"worker 0 starts a thread at .*test_traps\.py:\d+"):
        explore(lambda: None, [start], programs.always)


def test_a_lock_of_the_real_kind():
    """A worker that blocks on what the explorer does not control is an error with its line."""
    import threading  # noqa: PLC0415

    real = threading.Lock()
    real.acquire()

    def block(_):
        real.acquire()

    try:
        with pytest.raises(
            ExplorationError, match=r"worker 0 blocks at .*test_traps\.py:\d+ \(real\.acquire\(\)\)"
        ):
            explore(lambda: None, [block], programs.always)
    finally:
        real.release()
