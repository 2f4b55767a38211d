"""What an item leaves behind is named, and what is only slow to go is no leak."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest

from spec.support.deadlines import impatience
from spec.support.leaks import left_behind, look


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


@pytest.mark.parametrize("kind", ["threads", "children", "descriptors", "shared_memory", "files"])
def test_observing_changes_nothing(kind):
    """Looking twice finds the same."""
    assert getattr(look(), kind) == getattr(look(), kind)
