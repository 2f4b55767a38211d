"""On Linux, multiprocessing makes its children by forking."""

import multiprocessing

from spec.processes.talking import pipe_between, running
from spec.processes.targets import inheriting
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import before, has_semaphores
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="在 Linux 上，multiprocessing 靠 fork 来产生子进程。",
    decides={"ipc.mp-hides-fork": 194},
    ruling=Outdated(
        since="3.14",
        condition=before(3, 14),
        because="3.14 made forkserver the default on Linux and BSD, since a fork beside threads may deadlock",
        correction=Text(
            en="The child is a fork of the caller up to 3.13; since then it is a fork of a server that has "
            "none of the caller's state, unless the fork method is asked for.",
            zh="3.13 及以前，子进程由调用者 fork 而来；此后默认由一个不带调用者状态的服务进程 fork，"
            "除非明确要求 fork 方式。",
        ),
        references=["https://docs.python.org/3/whatsnew/3.14.html#concurrency-safe-warnings-control"],
    ),
    needs=[has_semaphores],
)


def default_method():
    """Ask how this runtime starts processes unless it is told how."""
    return multiprocessing.get_start_method()


def state_found_by_a_child_of(context):
    """Change a global of this process, and return what a child finds in its place."""
    inheriting.STATE = "as changed since"
    try:
        with (
            pipe_between(context) as (here, there),
            running(context, inheriting.send_state, there) as child,
        ):
            found = arrives(here, "the child's finding")
            ends(child)
    finally:
        inheriting.STATE = "as imported"
    return found


@documents_word()
def test_a_child_inherits_the_callers_state_by_default():
    """A child made by default finds the globals as its maker has changed them."""
    found = state_found_by_a_child_of(multiprocessing.get_context(default_method()))

    assert found == "as changed since"


def test_state_is_inherited_by_fork_alone(every_context, evidence):
    """A child finds its maker's changed globals if it was forked from it, and imported ones otherwise."""
    method = every_context.get_start_method()
    found = state_found_by_a_child_of(every_context)
    evidence.figures("a global in the child", {method: found})

    assert found == ("as changed since" if method == "fork" else "as imported")


@saboteur(caught_by=test_a_child_inherits_the_callers_state_by_default, restores=True)
def forking_again(patch):
    """Fork is the default method once more."""
    patch.here(default_method=lambda: "fork")


@saboteur(caught_by=test_a_child_inherits_the_callers_state_by_default)
def default_that_starts_afresh(patch):
    """A process that knows nothing of the caller's state is forked by default."""
    patch.here(default_method=lambda: "forkserver")


@saboteur(caught_by=test_state_is_inherited_by_fork_alone)
def child_with_a_state_of_its_own(patch):
    """The child sets the global itself."""
    patch.in_child(inheriting.change_state)
