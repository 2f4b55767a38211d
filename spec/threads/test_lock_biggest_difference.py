"""The same job changes the caller's variable when a thread does it, and not when a process does."""

import multiprocessing.dummy

from concurrency_lib import processes
from spec.support import Claim, Opinion, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.threads.targets import sharing
from spec.threads.together import together

claim = Claim(
    zh="同一件工作，交给线程做会改变调用者的变量，交给进程做则不会。",
    decides={"lock.biggest-difference": 230},
    ruling=Opinion(
        because="which difference matters most depends on what one is about: isolation from crashes, the use of "
        "several cores and the cost of starting differ as well; that variables are shared or not can be shown",
    ),
    needs=[has_threads],
)


def world(context):
    """Return where the process comes from."""
    return context


def test_thread_changes_what_a_process_leaves_alone(mp_context, evidence):
    """A variable is 1 after a thread has added one to it, and still 1 after a process has done the same."""
    sharing.reset()
    try:
        with together(lambda: sharing.add(1)) as (thread,):
            threads = thread.value()
        after_thread = sharing.count
        childs = processes.run(sharing.add, 1, mp_context=world(mp_context), timeout=deadline())
        seen = (threads, after_thread, sharing.count)
        evidence.figures(
            "the caller's variable",
            {"at first": 0, "after a thread": after_thread, "after a process": sharing.count},
        )
    finally:
        sharing.reset()

    assert seen == (1, 1, 1)
    assert childs in (1, 2)


@saboteur(caught_by=test_thread_changes_what_a_process_leaves_alone)
def process_that_is_a_thread(patch):
    """The process is a thread after all."""
    patch.here(world=lambda _: multiprocessing.dummy)
