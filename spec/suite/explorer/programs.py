"""Programs that the explorer is asked about, small enough for their schedules to be counted by hand."""

from __future__ import annotations

from types import SimpleNamespace

from concurrency_lib.interleavings import Condition, Lock, explore

BALANCE = 0


def reset():
    """Set the balance to zero."""
    globals()["BALANCE"] = 0


def change(amount):
    """Add the amount and take it away again: four steps, read, write, read, write."""
    global BALANCE  # noqa: PLW0603 - a global variable is what this is about
    BALANCE = BALANCE + amount
    BALANCE = BALANCE - amount


def unlocked(passes, **options):
    """Explore two workers that change the balance so many times each."""

    def five(_):
        for _ in range(passes):
            change(5)

    def eight(_):
        for _ in range(passes):
            change(8)

    return explore(reset, [five, eight], lambda _: BALANCE == 0, **options)


def locked(workers, **options):
    """Explore workers that each change the balance once, holding one lock."""

    def guarded(lock):
        with lock:
            change(5)

    return explore(lock_after_reset, [guarded] * workers, lambda _: BALANCE == 0, **options)


def lock_after_reset():
    """Set the balance to zero and return a lock."""
    reset()
    return Lock()


def sections(workers, each, **options):
    """Explore workers that go so many times through a section that a lock guards."""

    def passing(lock):
        for _ in range(each):
            with lock:
                pass

    return explore(Lock, [passing] * workers, lambda _: True, **options)


def waiter(name):
    """Return a worker that waits to be told, and tells the next."""

    def wait(state):
        with state.condition:
            state.came += name
            state.condition.wait()
            state.woke += name
            state.condition.notify()

    return wait


def teller(state):
    """Tell one of those who wait."""
    with state.condition:
        state.condition.notify()


def two_waiters_and_a_teller():
    """Explore who comes to wait, who wakes, and in which order."""
    return explore(
        lambda: SimpleNamespace(condition=Condition(Lock()), came="", woke=""),
        [waiter("i"), waiter("j"), teller],
        always,
        observe=lambda s: (s.came, s.woke),
    )


def namespace(**values):
    """Return a `setup` that makes a namespace with these values."""
    return lambda: SimpleNamespace(**values)


def always(_):
    """Hold of every state."""
    return True
