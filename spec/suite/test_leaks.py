"""What an item leaves behind is named, and what is only slow to go is no leak."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest

from spec.suite import targets
from spec.support.deadlines import impatience
from spec.support.leaks import children, clear_away, left_behind, look


class Cycle:
    """Holds a file until the garbage collector comes."""

    def __init__(self):
        self.me = self
        self.file = os.open(os.devnull, os.O_RDONLY)

    def __del__(self):
        os.close(self.file)


def test_an_unchanged_world_is_tidy_at_once(monkeypatch):
    """Where nothing changed, nothing is waited for and no garbage is collected."""
    before = look()
    monkeypatch.setattr("spec.support.leaks.gc.collect", pytest.fail)

    assert left_behind(before) == []


def test_what_is_slow_to_go_is_no_leak():
    """A thread, a process or a file that goes by itself is waited for."""
    before = look()
    thread = threading.Thread(target=time.sleep, args=(0.05,))
    thread.start()
    program = subprocess.Popen(["sleep", "0.05"])
    threading.Thread(target=program.wait).start()
    Cycle()

    assert left_behind(before) == []


def test_what_stays_is_named():
    """What was not there before and does not go is named by its kind; what was there before is not."""
    with tempfile.TemporaryFile():
        before = look()
        with tempfile.NamedTemporaryFile() as file, impatience():
            found = left_behind(before)

    assert [name.split()[0] for name in found] == ["descriptor", "temporary"]
    assert file.name in found[0]
    assert found[1] == f"temporary file {Path(file.name).name}"


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only /proc tells what is mapped")
def test_shared_memory_that_stays_mapped_is_named():
    """A semaphore that has no name any more, and no descriptor, is seen by what is mapped."""
    before = look()
    lock = multiprocessing.get_context("fork").Lock()
    with impatience():
        found = left_behind(before)
    del lock

    assert [name.partition("/")[0] for name in found] == ["shared memory "]
    assert left_behind(before) == []


def test_what_is_gone_is_no_leak():
    """What an item removed, or closed, is not left behind."""
    extra = os.open(os.devnull, os.O_RDONLY)
    before = look()
    os.close(extra)

    assert left_behind(before) == []


def test_a_descriptor_that_means_another_file_is_a_leak(tmp_path):
    """A number that was closed and opened anew, for something else, is left behind."""
    first = os.open(os.devnull, os.O_RDONLY)
    before = look()
    os.close(first)
    (tmp_path / "other").touch()
    second = os.open(tmp_path / "other", os.O_RDONLY)
    with impatience():
        found = left_behind(before)
    os.close(second)

    assert second == first
    assert found == [f"descriptor {second} ({tmp_path / 'other'})"]


def test_pytests_own_variable_is_no_leak(monkeypatch):
    """The variable in which pytest keeps the phase changes without being left behind."""
    before = look()
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "another phase")

    assert left_behind(before) == []


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


@pytest.mark.parametrize("kind", ["threads", "children", "descriptors", "shared_memory", "files"])
def test_observing_changes_nothing(kind):
    """Looking twice finds the same."""
    assert getattr(look(), kind) == getattr(look(), kind)
