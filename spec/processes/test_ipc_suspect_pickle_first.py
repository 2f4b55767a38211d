"""Where no child can be started on Windows, the first thing to look at is whether all can be pickled."""

import multiprocessing
import threading
from pickle import PicklingError

import pytest

from concurrency_lib import channels
from spec.processes.talking import prepared
from spec.processes.targets import writers
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_semaphores
from spec.support.deadlines import ends
from spec.support.programs import run, sample

claim = Claim(
    zh="在 Windows 上启动子进程失败时，首先该检查的是：要传过去的东西能不能序列化。",
    decides={"ipc.suspect-pickle-first": 194},
    ruling=HoldsIf(
        condition="the program has a main guard, and Windows stands for every system where children start afresh",
        because="a missing guard is the other usual cause; and children start afresh on macOS since 3.8 and "
        "on Linux since 3.14 as well, unless fork is asked for",
        correction=Text(
            en="Under every start method but fork, the target and the arguments must be picklable: "
            "otherwise start() raises, in the parent. If it is the child that ends in RuntimeError, the "
            "main guard is missing.",
            zh="除 fork 以外的启动方式都要求目标函数和参数能够序列化，否则父进程里的 start() 就会抛出异常。"
            "如果 start() 成功而子进程以 RuntimeError 告终，那就是缺了对主模块的判断。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
            "https://docs.python.org/3/whatsnew/3.8.html#multiprocessing",
        ],
    ),
    needs=[has_semaphores],
)

UNGUARDED = sample(__file__, "ipc_unguarded")
GUARDED = UNGUARDED.replacing("import sys\n", "import sys\n\nif __name__ != '__main__':\n    sys.exit()\n")
PICKLING = (PicklingError, AttributeError, TypeError)  # which of them it is differs between runtimes


def a_local_function():
    """Make a function that no module has."""

    def local(*_):
        return None

    return local


HARD_TO_SEND = {
    "lambda": (lambda *_: None, ()),
    "local function": (a_local_function(), ()),
    "lock": (id, (threading.Lock(),)),
}
KINDS = list(HARD_TO_SEND)
FORK = "fork"


def refusal(method, target, *args):
    """Try to start a child; return the name of the error that came of pickling, if one did."""
    with prepared(multiprocessing.get_context(method), target, *args) as child:
        try:
            child.start()
        except PICKLING as error:
            return type(error).__name__
        ends(child)
    return ""


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_start_refuses_what_cannot_be_pickled(evidence, method, kind):
    """start() raises, in the parent, where a child that starts afresh needs what cannot be pickled."""
    target, args = HARD_TO_SEND[kind]
    error = refusal(method, target, *args)
    evidence.figures("what start() raises", {f"{kind}, {method}": error})

    assert error


@needs(can_fork)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fork_takes_what_cannot_be_pickled(kind):
    """A forked child is started with a function and arguments that cannot be pickled."""
    target, args = HARD_TO_SEND[kind]

    assert refusal(FORK, target, *args) == ""


@needs(can_start_programs)
def test_a_missing_guard_fails_without_a_word_of_pickling(evidence):
    """Without a main guard a spawned child ends in RuntimeError, though everything could be pickled."""
    ran = run(UNGUARDED, "spawn").show(evidence, "without a main guard")

    assert ran.status == 1
    assert "RuntimeError" in ran.errors
    assert not any(error.__name__ in ran.errors for error in PICKLING)


def test_a_channel_refuses_a_writer_that_cannot_be_sent(evidence):
    """A channel whose writers start afresh refuses in the parent a function that cannot be pickled."""
    with channels.Channel(multiprocessing.get_context("spawn")) as channel:
        try:
            refused = channel.start_writer(a_local_function()).name
        except PICKLING as error:
            refused = error
        evidence.figures("what start_writer raises", {"local function": type(refused).__name__})

        assert isinstance(refused, PICKLING)


@saboteur(caught_by=test_a_fresh_start_refuses_what_cannot_be_pickled)
def pickle_that_takes_everything(patch):
    """Everything can be pickled."""
    patch.here(HARD_TO_SEND=dict.fromkeys(KINDS, (id, (0,))))


@saboteur(caught_by=test_a_fork_takes_what_cannot_be_pickled)
def fork_that_pickles(patch):
    """Whatever a forked child is to have is pickled."""
    patch.here(FORK="spawn")


@saboteur(caught_by=test_a_missing_guard_fails_without_a_word_of_pickling)
def program_with_a_guard(patch):
    """The child does not start children of its own."""
    patch.here(UNGUARDED=GUARDED)


@saboteur(caught_by=test_a_channel_refuses_a_writer_that_cannot_be_sent)
def channel_that_starts_something_else(patch):
    """A channel starts a writer that sends nothing, whatever it is given."""
    start = channels.start_with_pipe

    def start_another(context, write, _function, _args, **names):
        return start(context, write, writers.send_all, ((),), **names)

    patch.setattr(channels, "start_with_pipe", start_another)
