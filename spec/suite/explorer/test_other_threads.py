"""What an exploration costs other threads while it lasts."""

from __future__ import annotations

import sys
import threading
from collections import Counter

import pytest

from concurrency_lib.interleavings import backends, explore


def small():
    """Do nothing, in a frame of its own."""


def calling():
    """Enter 500 functions."""
    for _ in range(500):
        small()


def looping():
    """Go round 50,000 times without entering a function."""
    for _ in range(50_000):
        pass


@pytest.mark.parametrize(("work", "entries"), [(calling, 500), (looping, 0)])
@pytest.mark.skipif(not hasattr(sys, "monitoring"), reason="settrace belongs to a thread: others cannot notice it")
def test_other_threads(monkeypatch, work, entries):
    """Another thread pays one callback for each function that it enters, and none for what it does there.

    Fifty entries are granted to what a thread does before and after its work.
    """
    heard = Counter()
    for name in ("_enter", "_hear"):
        true = getattr(backends.Monitoring, name)

        def count(self, code, offset, true=true):
            heard[threading.get_ident()] += 1
            return true(self, code, offset)

        monkeypatch.setattr(backends.Monitoring, name, count)

    def setup():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return thread.ident

    callbacks = []
    explore(setup, [id], lambda thread: callbacks.append(heard[thread]) or True)

    assert entries <= callbacks[0] <= entries + 50
