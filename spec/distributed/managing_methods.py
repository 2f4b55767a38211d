"""On what two of the document's habits depend: that a process is started by forking unless another way is named."""

from __future__ import annotations

import multiprocessing

from spec.support import Condition


def default_method() -> str:
    """Ask how this runtime starts processes where nobody says how."""
    return multiprocessing.get_start_method()


def other_than_fork() -> str:
    """Name the default method, unless it is fork."""
    method = default_method()
    return "" if method == "fork" else f"the default start method is {method}"


forks_by_default = Condition("processes are forked where no start method is named", other_than_fork)
