"""Names of threads: any of them, and what the kernel knows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import get_native_id
from typing import Any

from hypothesis.strategies import SearchStrategy, lists, sampled_from

from spec.threads.together import Running, together


def names(most: int = 8) -> SearchStrategy[str]:
    """Make names of one to so many characters."""
    return lists(sampled_from("aZ09 -_()线程😀"), min_size=1, max_size=most).map("".join)


def name_in_kernel(of: str = "") -> str:
    """Return the name that the kernel has for this process, or for what is at that place within it."""
    return Path("/proc/self", of, "comm").read_text().rstrip("\n")


def own_name_in_kernel() -> str:
    """Return the name that the kernel has for the thread that asks."""
    return name_in_kernel(f"task/{get_native_id()}")


@contextmanager
def called_something_else(*functions: Callable[[], Any], names: Sequence[str]) -> Iterator[list[Running]]:
    """Do what `together` does with threads each of which tells the kernel another name."""

    def renaming(function: Callable[[], Any]) -> Callable[[], Any]:
        def rename_and_call() -> Any:
            Path("/proc/self/task", str(get_native_id()), "comm").write_text("something else")
            return function()

        return rename_and_call

    with together(*map(renaming, functions), names=names) as running:
        yield running
