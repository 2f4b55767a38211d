"""To start a process by multiprocessing, a function and its arguments are all that is needed."""

import multiprocessing
from pickle import PicklingError

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes
from spec.processes.talking import pipe_between, running
from spec.processes.targets import process
from spec.support import Claim, Condition, HoldsIf, Text, documents_word, saboteur
from spec.support.capabilities import can_start_programs, refusal_of
from spec.support.deadlines import arrives
from spec.support.outcomes import raised_by
from spec.support.programs import run, sample

LAMBDA = "import multiprocessing\np = multiprocessing.Process(target=lambda: None)\np.start()\np.join()"

claim = Claim(
    zh="用 multiprocessing 启动进程，除了一个函数和它的参数，别的什么都不需要。",
    decides={"mp.needs-only-func-and-args": 86},
    ruling=HoldsIf(
        condition=Condition("a process made by default can run a lambda", lambda: refusal_of(LAMBDA)),
        because="a forked child has the function already; any other child imports the main module anew and "
        "is sent the function by name, which is the default on Windows and macOS, and on Linux since 3.14",
        correction=Text(
            en="Unless children are forked, the function must be importable by name, its arguments "
            "picklable, and the part that starts processes guarded in the main module.",
            zh="只要子进程不是 fork 出来的，函数就得能按名字导入，参数得能 pickle，主模块里启动进程的部分还得"
            "加上判断保护。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
            "https://docs.python.org/3/whatsnew/3.14.html#concurrency-safe-warnings-control",
        ],
    ),
    needs=[can_start_programs, can_start_processes],
)

UNGUARDED = sample(__file__, "mp_unguarded")
UNFIT = (PicklingError, AttributeError, TypeError)  # which of them, depends on the runtime and on the thing


def default_method():
    return multiprocessing.get_start_method()


def told_by_child_of(context, function, *args):
    """Return what a function returned in a process of this context."""
    with pipe_between(context) as (here, there), running(context, process.tell, there, function, *args):
        _, told = arrives(here, "what the child tells")
    return told


def refusal_of_a_local_function(start, context):
    return raised_by(start, context, lambda: "defined on the spot")


def start_in_library(context, function):
    processes.run(function, mp_context=context)


@documents_word()
def test_local_function_is_enough_by_default():
    """A process made by default runs a function that was defined on the spot."""
    context = multiprocessing.get_context(default_method())

    assert refusal_of_a_local_function(told_by_child_of, context) is None


@documents_word()
def test_program_without_a_guard_starts_a_process(evidence):
    """A main module that starts and joins a Process at its top level has its function run once."""
    ran = run(UNGUARDED).show(evidence, "a process started from the top level")

    assert ran.lines == ["the child at work"]


def test_importable_function_is_enough_under_every_method(every_context):
    """An importable function and picklable arguments are enough under every start method."""
    assert told_by_child_of(every_context, divmod, 128, 3) == (42, 2)


def test_local_function_needs_a_fork(every_context, evidence):
    """A function defined on the spot starts in a forked child, and is refused at the start of any other."""
    method = every_context.get_start_method()
    refusal = refusal_of_a_local_function(told_by_child_of, every_context)
    evidence.figures("a local function", {method: str(refusal or "runs")})

    assert isinstance(refusal, type(None) if method == "fork" else UNFIT)


def test_library_refuses_at_the_start_what_it_cannot_hand_over(every_context):
    """The library too runs a local function in a forked child only, and else raises before it starts one."""
    forked = every_context.get_start_method() == "fork"

    assert isinstance(refusal_of_a_local_function(start_in_library, every_context), type(None) if forked else UNFIT)


@saboteur(caught_by=test_local_function_is_enough_by_default, restores=True)
def forking_again(patch):
    """Fork is the default method once more."""
    patch.here(default_method=lambda: "fork")


@saboteur(caught_by=test_local_function_is_enough_by_default)
def default_that_starts_afresh(patch):
    """A fresh interpreter is the default."""
    patch.here(default_method=lambda: "spawn")


@saboteur(caught_by=test_program_without_a_guard_starts_a_process, restores=True)
def program_that_forks(patch):
    """The program asks for fork."""
    patch.here(UNGUARDED=UNGUARDED.replacing("multiprocessing.P", 'multiprocessing.get_context("fork").P'))


@saboteur(caught_by=test_program_without_a_guard_starts_a_process)
def program_that_starts_afresh(patch):
    """The program asks for a fresh interpreter."""
    patch.here(UNGUARDED=UNGUARDED.replacing("multiprocessing.P", 'multiprocessing.get_context("spawn").P'))


@saboteur(caught_by=test_importable_function_is_enough_under_every_method)
def arguments_that_change_places(patch):
    """The arguments arrive in another order."""
    told = told_by_child_of
    patch.here(told_by_child_of=lambda context, function, *args: told(context, function, *reversed(args)))


@saboteur(caught_by=test_local_function_needs_a_fork)
def fork_that_starts_afresh(patch):
    """The forked child is a fresh interpreter."""
    told = told_by_child_of
    patch.here(told_by_child_of=lambda _, *call: told(multiprocessing.get_context("spawn"), *call))


@saboteur(caught_by=test_library_refuses_at_the_start_what_it_cannot_hand_over)
def library_that_always_starts_afresh(patch):
    """The library starts a fresh interpreter whatever it is asked for."""
    start = processes.start
    patch.setattr(processes, "start", lambda *call, **_: start(*call, mp_context=multiprocessing.get_context("spawn")))
