"""A child that an item leaves behind is seen, named, and cleared away."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import signal
import subprocess
import threading

import pytest

from spec.suite import targets
from spec.support.deadlines import impatience
from spec.support.leaks import children, clear_away, left_behind, look


def test_children_of_every_thread_are_seen():
    """A child is seen whichever thread started it, until somebody has waited for it."""
    started = []
    starter = threading.Thread(target=lambda: started.append(subprocess.Popen(["sleep", "600"])))
    starter.start()
    starter.join()
    with started[0] as program:
        seen = children()
        program.kill()

    assert program.pid in seen
    assert program.pid not in children()


def test_clearing_away_ends_new_children_alone():
    """After a failure the children that it left are ended and waited for; those from before live on."""
    with subprocess.Popen(["sleep", "600"]) as old:
        before = look()
        new = multiprocessing.Process(target=targets.never_end)
        new.start()
        new_pid = new.pid
        program = subprocess.Popen(["sleep", "600"])
        clear_away(before)
        left = children()
        alive = old.poll() is None
        old.kill()
    status = new.exitcode
    new.close()
    program.wait()

    assert alive
    assert {new_pid, program.pid}.isdisjoint(left)
    assert status == -signal.SIGKILL


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_child_that_nobody_joined_is_left_behind(method):
    """A child of any start method that has ended is left behind all the same, until it is joined."""
    before = look()
    child = multiprocessing.get_context(method).Process(target=targets.thing)
    child.start()
    multiprocessing.connection.wait([child.sentinel])
    with impatience():
        found = left_behind(before)
    child.join()
    child.close()

    assert found[0].startswith("process ")
    assert left_behind(before) == []
