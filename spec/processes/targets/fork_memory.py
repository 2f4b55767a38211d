"""What the claim about the memory of a forked child runs in the clean room."""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from spec.support.sabotage import Patch

THINGS = ["from before"]
MAPPING = mmap.MAP_SHARED


class Seen(NamedTuple):
    """What a process finds in the list, and where it finds it."""

    things: list[str]
    address: int


def look() -> Seen:
    """Look at the list."""
    return Seen(list(THINGS), id(THINGS))


def in_a_copy(function: Callable[[], None]) -> Callable[[], object]:
    """Run a function in a forked child; return what waits for its end."""
    child = os.fork()
    if child == 0:
        try:
            function()
        finally:
            os._exit(0)
    return lambda: os.waitpid(child, 0)


def look_in_both() -> tuple[Seen, Seen]:
    """Look at the list in this process, and then in a copy of it."""
    here, (out, into) = look(), os.pipe()
    end = in_a_copy(lambda: tell(into, look()))
    there = Seen(*heard(out))
    end()
    return here, there


def change_in_both() -> tuple[list[str], list[str]]:
    """Let the copy change the list, then this process, and then both look: this process first."""
    (out, into), (gate, door) = os.pipe(), os.pipe()

    def change() -> None:
        THINGS.append("by the child")
        tell(into, look())
        os.read(gate, 1)
        tell(into, look())

    end = in_a_copy(change)
    heard(out)
    THINGS.append("by the parent")
    os.write(door, b".")
    seen_there = heard(out)[0]
    end()
    return look().things, seen_there


def write_into_a_mapping() -> bytes:
    """Let the copy write into memory that was mapped before the fork, and return what is there afterwards."""
    with mmap.mmap(-1, mmap.PAGESIZE, flags=MAPPING | mmap.MAP_ANONYMOUS) as memory:
        in_a_copy(lambda: memory.write(b"by the child"))()
        return memory[:12]


def read_in_the_copy() -> int:
    """Let the copy read four bytes of a file that was open; return where the file stands here."""
    with tempfile.TemporaryFile() as file:
        os.write(file.fileno(), b"0123456789")
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        in_a_copy(lambda: read_four(file.fileno()))()
        return os.lseek(file.fileno(), 0, os.SEEK_CUR)


def read_four(descriptor: int) -> None:
    """Read four bytes."""
    os.read(descriptor, 4)


def tell(into: int, seen: Seen) -> None:
    """Report what was seen in one line."""
    os.write(into, f"{seen!r}\n".encode())


def heard(out: int) -> tuple[list[str], int]:
    """Return the next line's report."""
    things, address = eval(os.read(out, 4096), {"Seen": Seen})
    return things, address


def thread_in_place_of_a_copy(patch: Patch) -> None:
    """Run the function in a thread, which shares everything."""

    def in_a_thread(function: Callable[[], None]) -> Callable[[], object]:
        thread = threading.Thread(target=function)
        thread.start()
        return thread.join

    patch.setattr(sys.modules[__name__], "in_a_copy", in_a_thread)


def copy_that_is_rebuilt(patch: Patch) -> None:
    """Have the copy find its things built anew, as they arrive in a pickle."""
    _patch_copies(patch, THINGS=list(THINGS))


def mapping_of_ones_own(patch: Patch) -> None:
    """Map memory privately."""
    patch.setattr(sys.modules[__name__], "MAPPING", mmap.MAP_PRIVATE)


def file_opened_anew(patch: Patch) -> None:
    """Have the copy open the file for itself."""

    def read_anew(descriptor: int) -> None:
        with Path(f"/proc/self/fd/{descriptor}").open("rb", buffering=0) as own:
            own.read(4)

    patch.setattr(sys.modules[__name__], "read_four", read_anew)


def _patch_copies(patch: Patch, **names: Any) -> None:
    """Give the copy other values for names of this module."""
    module, plain = sys.modules[__name__], in_a_copy

    def in_another_world(function: Callable[[], None]) -> Callable[[], object]:
        def changed() -> None:
            vars(module).update(names)
            function()

        return plain(changed)

    patch.setattr(module, "in_a_copy", in_another_world)
