"""What the claims about communication do with the standard library's queue for threads."""

from __future__ import annotations

import copy
import multiprocessing
import os
import queue
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


class CopyingQueue(queue.Queue[Any]):
    """A queue for threads that hands over copies."""

    def put(self, item: Any, *_: Any) -> None:
        """Put a copy."""
        super().put(copy.copy(item))


def plain_queue() -> Any:
    """Make a queue for threads."""
    return queue.Queue()


def is_empty_after_a_child_took_all() -> bool:
    """Fill a plain queue, let a forked child empty it, and tell whether it is empty here."""
    held = plain_queue()
    held.put("something")
    child = os.fork()
    if child == 0:
        held.get()
        os._exit(0)
    os.waitpid(child, 0)
    return bool(held.empty())


def share_the_plain_queue(patch: Patch) -> None:
    """Make it a queue for processes."""
    patch.setattr(sys.modules[__name__], "plain_queue", multiprocessing.get_context("fork").SimpleQueue)
