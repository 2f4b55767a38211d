"""The frame of every thread is found without a collection of garbage, which could hang there."""

from __future__ import annotations

import gc
import sys
import threading

from spec.support.frames import current_frames, stacks


def test_frames_are_looked_at_while_nothing_is_collected(monkeypatch):
    """While the interpreter lists the frames no garbage is collected, and afterwards as before."""
    seen = []
    monkeypatch.setattr(sys, "_current_frames", lambda: seen.append(gc.isenabled()) or {})
    current_frames()
    gc.disable()
    try:
        current_frames()
        stays_disabled = not gc.isenabled()
    finally:
        gc.enable()

    assert seen == [False, False]
    assert stays_disabled


def test_every_thread_has_its_stack_under_its_name():
    """The stacks show each thread's name and the function that it executes."""
    may_go = threading.Event()
    thread = threading.Thread(target=may_go.wait, name="Patience")
    thread.start()
    try:
        text = stacks()
    finally:
        may_go.set()
        thread.join()

    assert "-- Patience\n" in text
    assert "in wait\n" in text
    assert test_every_thread_has_its_stack_under_its_name.__name__ in text
