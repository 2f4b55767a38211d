"""Garbage is collected whenever it is asked for, and what modules brought along is looked through once."""

from __future__ import annotations

import gc
import subprocess
import sys
import textwrap

import pytest

from spec.support import garbage


class Cycle:
    """Tells of its end, which only the collector can bring about."""

    def __init__(self, told):
        self.me = self
        self.told = told

    def __del__(self):
        self.told.append("gone")


def test_garbage_goes(monkeypatch):
    """What only a cycle keeps alive goes, whether modules have come or not."""
    told = []
    for spared in (0, 10**6):
        monkeypatch.setattr(garbage, "_spared", spared)
        Cycle(told)
        garbage.collect()
        gc.collect()  # PyPy runs finalizers only when more than one collection has passed

    assert told == ["gone", "gone"]


@pytest.mark.skipif(not hasattr(gc, "freeze"), reason="this collector spares nothing")
def test_modules_are_spared_when_they_come():
    """A collection spares what has been imported since the last one, and nothing where there was no import."""
    program = """
        import gc
        from spec.support import garbage
        garbage.collect()
        before = gc.get_freeze_count()
        kept = [[] for _ in range(1000)]
        garbage.collect()
        between = gc.get_freeze_count()
        import html.parser
        garbage.collect()
        print(before == between, gc.get_freeze_count() >= between + 1000)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["True", "True"]


@pytest.mark.skipif(not hasattr(gc, "freeze"), reason="this collector spares nothing")
def test_a_run_spares_what_it_keeps_now_and_then(monkeypatch):
    """What is there before every hundredth item is spared, and nothing before the others."""
    spared = []
    monkeypatch.setattr(garbage, "_items", 0)
    monkeypatch.setattr(garbage, "spare_what_is_there", lambda: spared.append(item))

    for item in range(1, 301):  # noqa: B007 - the lambda sees it
        garbage.spare_now_and_then()

    assert spared == [100, 200, 300]
