"""A clean room outlives what goes wrong in it, but not its owner."""

from __future__ import annotations

import os

import pytest

from spec.suite import targets
from spec.support.capabilities import can_fork
from spec.support.clean_room import CleanRoom, LeftBehindError
from spec.support.deadlines import wait_until

pytestmark = pytest.mark.skipif(not can_fork.holds, reason=can_fork.reason)


def interrupt():
    raise KeyboardInterrupt


def test_a_wait_that_is_broken_off_breaks_no_other(monkeypatch):
    """After a wait for an answer was broken off, a room that has been mended gives the next subject's own answer."""
    room = CleanRoom()
    try:
        monkeypatch.setattr("spec.support.clean_room.deadline", interrupt)
        with pytest.raises(KeyboardInterrupt):
            room.run(targets.never_end)
        monkeypatch.undo()
        with pytest.raises(OSError, match="closed"):
            room.run(targets.add, 2, 2)
        room.mend()

        assert room.run(targets.add, 2, 2) == 4
    finally:
        room.close()


def test_what_a_subject_leaves_running_is_killed_and_told():
    """A process that a subject leaves behind is killed and named, in whatever process group it is."""
    room = CleanRoom()
    try:
        for apart in (False, True):
            with pytest.raises(LeftBehindError, match=r"left running by .*: \['\d+ \((sleep|python.*)\)'\]"):
                room.run(targets.leave_a_process_in, apart)
            assert room.run(targets.add, 1, 1) == 2
    finally:
        room.close()


def test_closing_ends_the_room():
    """The room's process has ended when `close` returns."""
    room = CleanRoom()
    room.close()

    assert not os.path.exists(f"/proc/{room.pid}")  # noqa: PTH110


def test_the_room_ends_with_its_owner():
    """A room whose other side is gone ends by itself."""
    room = CleanRoom()
    room._link.close()  # noqa: SLF001

    assert wait_until(lambda: room._process.poll() is not None, "the room's end")  # noqa: SLF001
