"""Where children start afresh, every object of the parent has to be pickled and sent to them."""

import multiprocessing
from pickle import PicklingError

import pytest

from spec.processes.talking import pipe_between, prepared
from spec.processes.targets import inheriting
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="如果子进程是全新启动的，父进程的每个对象都得先序列化，再发送过去。",
    decides={"ipc.all-objects-pickled": 194},
    ruling=Refuted(
        because="only the process object travels, with its target, its arguments and its name; whatever "
        "else the child needs it makes itself by importing the modules again",
        correction=Text(
            en="Pickled are the target and the arguments, nothing else. Other objects of the parent may be "
            "unpicklable; the child gets its own from importing, as they were at that point.",
            zh="序列化的只有目标函数和参数。父进程的其他对象即使不能序列化也无妨；子进程重新导入模块，"
            "得到的是自己的一份，内容是导入时的样子。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods"],
    ),
    needs=[has_semaphores],
)

AFRESH = "spawn"


def arguments(*handed):
    """Return what a child is given beside its target."""
    return handed


def what_a_child_finds(state, method=AFRESH, *handed):
    """Set a global, start a child, and return what it finds there, or the error in which starting ends."""
    context = multiprocessing.get_context(method)
    inheriting.STATE = state
    try:
        with (
            pipe_between(context) as (here, there),
            prepared(context, inheriting.send_state, *arguments(there, *handed)) as child,
        ):
            child.start()
            found = arrives(here, "what the child found")
            ends(child)
    except (PicklingError, AttributeError, TypeError) as error:
        return f"refused: {type(error).__name__}"
    finally:
        inheriting.STATE = "as imported"
    return found


@documents_word()
def test_a_parent_with_an_unpicklable_object_has_no_children():
    """A parent of which one global cannot be pickled cannot start a child afresh."""
    assert what_a_child_finds(lambda: "cannot be pickled").startswith("refused")


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_arguments_are_sent_and_globals_are_imported(evidence, method):
    """A child that starts afresh is sent its arguments, and finds its globals as its own import made them."""
    handed, kept = inheriting.CountsPickling(), inheriting.CountsPickling()
    found = what_a_child_finds(kept, method, handed)
    evidence.figures(
        "how often the parent's objects are pickled", {"an argument": handed.times, "a global": kept.times}
    )
    evidence.figures("what the child finds", {"in the global": found})

    assert handed.times == 1
    assert kept.times == 0
    assert found == "as imported"


def all_that_there_is(*handed):
    """Return it with the global."""
    return (*handed, inheriting.STATE)


@saboteur(caught_by=test_a_parent_with_an_unpicklable_object_has_no_children, restores=True)
def parent_that_sends_everything(patch):
    """The parent sends all its globals along."""
    patch.here(arguments=all_that_there_is)


@saboteur(caught_by=test_arguments_are_sent_and_globals_are_imported)
def parent_that_sends_its_globals(patch):
    """The parent pickles its globals for the child too."""
    patch.here(arguments=all_that_there_is)
