"""What the dead take along: a lock that they held, a task that they had."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from typing import Any

from concurrency_lib import workers
from spec.choosing.targets import models_crashes
from spec.support.deadlines import a_while, deadline
from spec.support.sabotage import Patch


def lock_of_the_dead() -> tuple[bool, bool]:
    """Have a child die with a lock; tell whether it had it, and whether another process gets it afterwards."""
    context = multiprocessing.get_context("fork")
    lock, taken = context.Lock(), context.Event()
    child = context.Process(target=die_with, args=(lock, taken))
    child.start()
    child.join(deadline())
    return taken.is_set(), lock.acquire(timeout=a_while())


def die_with(lock: Any, taken: Any) -> None:
    """Take a lock, say so, and die."""
    lock.acquire()
    taken.set()
    models_crashes.call(models_crashes.be_killed)


def pool_and_team_with(crash: Callable[[], None]) -> tuple[bool, str]:
    """Have a worker of the standard library's pool die of its task, and one of a team; tell who is answered."""
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        answer = pool.apply_async(models_crashes.call, (crash,))
        pool.apply_async(os.getpid).get(deadline())  # which runs after it, in another worker
        answer.wait(a_while())
        pool_answers = answer.ready()
    with workers.processes(1, tries=1, mp_context=context) as team:
        (result,) = team.results(models_crashes.call, [crash])
    return pool_answers, type(result.error).__name__


def lock_that_forgets(patch: Patch) -> None:
    """Let the lock go as its holder dies."""
    patch.setattr(sys.modules[__name__], "die_with", lambda lock, taken: (lock.acquire(), taken.set(), lock.release()))
