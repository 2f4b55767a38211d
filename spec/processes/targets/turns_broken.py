"""Tasks that compute, and have their turns on a core in another way than a kernel would give them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from spec.processes.targets import turns
from spec.processes.targets.turns import Report, Task, Turn

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


def one_after_another(patch: Patch) -> None:
    """Let each task begin only when the one before it has ended."""

    def start_and_wait(*args: Any) -> Task:
        task = original(*args)
        task.child.wait()
        return task

    original = turns.start_task
    patch.setattr(turns, "await_the_others", lambda *_: None)
    patch.setattr(turns, "all_have_closed", lambda _: True)
    patch.setattr(turns, "start_task", start_and_wait)


def steps_that_pause(patch: Patch) -> None:
    """Make each step end in a short sleep."""
    patch.setattr(turns, "step", lambda: time.sleep(0.0005))


def computing_at_the_same_instants(patch: Patch) -> None:
    """Make every task tell of the same turn."""
    patch.setattr(turns, "compute", lambda seconds, _: Report([Turn(0.0, seconds, 0)]))
