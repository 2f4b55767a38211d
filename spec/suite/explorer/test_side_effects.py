"""What is not explored is left as it is, and what cannot be explored is refused."""

from __future__ import annotations

import _thread
import gc
import sys
import threading
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import ExplorationError, Uncontrolled, explore
from spec.suite.explorer import programs


def both_counted(state):
    """Tell whether no update was lost."""
    return state.x == 2


def test_swapped_primitives():
    """Standard locks are swapped in the workers and in `setup`, nowhere else, and not for long."""
    real = threading.Lock
    made_outside = []

    def setup():
        thread = threading.Thread(target=lambda: made_outside.append(threading.Lock()))
        thread.start()
        thread.join()
        return SimpleNamespace(lock=threading.Lock(), x=0)

    def count(state):
        with state.lock:
            state.x = state.x + 1

    found = explore(setup, [count, count], both_counted, swap=True)

    assert (found.schedules, found.failures) == (2, 0)
    assert threading.Lock is real
    assert all(isinstance(lock, type(real())) for lock in made_outside)


def test_nothing_stays():
    """After an exploration no tool id is taken, no thread is left, and nobody is traced."""
    before = threading.active_count()

    programs.unlocked(1)

    assert threading.active_count() == before
    assert sys.gettrace() is None
    assert not hasattr(sys, "monitoring") or sys.monitoring.get_tool(4) != "concurrency_lib.interleavings"


def test_a_thread_of_ones_own():
    """A worker that starts a thread is refused, with the line that does."""

    def start(_):
        threading.Thread(target=print).start()

    with pytest.raises(Uncontrolled, match=r"worker 0 starts a thread at .*test_side_effects\.py:\d+"):
        explore(lambda: None, [start], programs.always)


def test_a_bare_thread():
    """A worker that starts a thread without `threading` is refused too, and nothing stays in the place of that."""
    real = _thread.start_new_thread

    def start(_):
        _thread.start_new_thread(print, ())

    with pytest.raises(Uncontrolled, match=r"worker 0 starts a thread at .*test_side_effects\.py:\d+"):
        explore(lambda: None, [start], programs.always)

    assert _thread.start_new_thread is real


def test_a_lock_of_the_real_kind():
    """A worker that blocks on what the explorer does not control is an error with its line."""
    real = threading.Lock()
    real.acquire()

    def block(_):
        real.acquire()

    try:
        with pytest.raises(ExplorationError, match=r"worker 0 blocks at .*\.py:\d+ \(real\.acquire\(\)\)"):
            explore(lambda: None, [block], programs.always)
    finally:
        real.release()


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_collection(enabled):
    """The garbage collector is off within a run, which the answer says, and afterwards as it was."""
    seen = []

    def look(_):
        seen.append(gc.isenabled())

    (gc.enable if enabled else gc.disable)()
    try:
        found = explore(lambda: None, [look], programs.always)
        afterwards = gc.isenabled()
    finally:
        gc.enable()

    assert (set(seen), afterwards) == ({False}, enabled)
    assert any("garbage collection" in assumption for assumption in found.assumptions)
