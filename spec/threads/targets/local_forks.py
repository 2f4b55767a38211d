"""What a forked child finds in a thread-local, and in the library's resources, that its parent had before."""

from __future__ import annotations

import json
import os
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

from concurrency_lib import fork, thread_local
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch
from spec.threads.local_lockstep import in_lockstep
from spec.threads.targets import local_broken

Local = threading.local
NOTHING = "nothing"


def found_by_a_child() -> list[str]:
    """Bind a value here and one in another thread, which forks; return what is found in the child.

    First what the thread that forked finds, then what a thread finds that the child has started.
    """
    desk = Local()
    desk.guest = "bound in the main thread"

    def look_twice() -> list[str]:
        with in_lockstep("of the child") as (new,):
            return [getattr(desk, "guest", NOTHING), new.do(getattr, desk, "guest", NOTHING)]

    with in_lockstep("forking") as (forking,):
        forking.do(setattr, desk, "guest", "bound in the thread that forks")
        found: list[str] = forking.do(told_by_a_child, look_twice)
    return found


def resources_of_a_child() -> dict[str, Any]:
    """Have two threads make resources and fork; return what was made and closed on both sides."""
    made: list[str] = []
    closed: list[str] = []

    def make() -> str:
        made.append(f"{len(made) + 1} of {'parent' if os.getpid() == parent else 'child'}")
        return made[-1]

    def get_and_close() -> dict[str, Any]:
        gets = [things.get(), things.get()]
        things.close()
        return {"child gets": gets, "child closed": closed}

    parent, things = os.getpid(), thread_local.PerThread(make, closed.append)
    with things, in_lockstep("another") as (another,):
        first = [things.get(), another.do(things.get)]
        in_child = told_by_a_child(get_and_close)
        later = [things.get(), another.do(things.get)]
        in_parent = {"before": first, "afterwards": later, "closed meanwhile": list(closed)}
    return in_child | in_parent | {"closed in the end": sorted(closed)}


def told_by_a_child(function: Callable[[], Any]) -> Any:
    """Call a function in a forked child, and return what it returned."""
    out, into = os.pipe()

    def tell() -> None:
        os.write(into, json.dumps(function()).encode())

    with os.fdopen(out) as told, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside a thread is what this is about
        with fork.start(tell) as child:
            os.close(into)
            child.wait(deadline())
        return json.load(told)


def shared_local(patch: Patch) -> None:
    """A thread-local has one value for all threads."""
    patch.setattr(sys.modules[__name__], "Local", local_broken.SharedByAll)


def resources_that_are_inherited(patch: Patch) -> None:
    """The child takes what the parent made for its own."""
    patch.setattr(thread_local.Ticket, "of_parent", lambda _: False)
