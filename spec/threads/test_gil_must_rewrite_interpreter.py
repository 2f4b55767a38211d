"""Nobody has to write an interpreter, or a C extension, for threads of one process to use several cores."""

from importlib.util import find_spec

from spec.support import Claim, Condition, Outdated, Text, documents_word, measured, needs, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads, refusal_of, several_cores
from spec.support.deadlines import deadline
from spec.support.measuring import decide, recorded
from spec.threads.busy_cores import sampled, wanted
from spec.threads.targets import busy_beside, gil_meeting


def _interpreters():
    if find_spec("concurrent.interpreters") is None:
        return "there is no module concurrent.interpreters"
    return refusal_of("from concurrent import interpreters\ninterpreters.create().close()")


has_interpreters = Condition("a process can have several interpreters, made in Python", _interpreters)


def _one_lock():
    if has_interpreters.holds:
        return "each interpreter that a thread makes has a lock of its own"
    return gil_is_on.reason


one_lock = Condition("all Python code of a process is under one interpreter lock", _one_lock)

claim = Claim(
    zh="要让同一个进程里的线程用上多个核心，既不必另写解释器，也不必写 C 扩展。",
    decides={"gil.must-rewrite-interpreter": 287, "gil.only-c-extension": 289},
    ruling=Outdated(
        since="3.14",
        condition=one_lock,
        because="since 3.14 a thread can run its Python code in an interpreter that has a lock of its own, and loops "
        "in two of these, in one process, met and kept two cores busy; free-threaded builds, experimental in 3.13 "
        "and supported in 3.14, need not even that. Several processes always did it",
        correction=Text(
            en="Pure Python code in threads uses several cores where each thread has an interpreter of its own, or "
            "where the build is free-threaded; the official project offers both.",
            zh="让每个线程各有一个解释器，或者换用自由线程构建，纯 Python 的线程就能用上多个核心；两者官方都有。",
        ),
        references=[
            "https://docs.python.org/3/library/concurrent.interpreters.html",
            "https://peps.python.org/pep-0684/",
            "https://peps.python.org/pep-0734/",
            "https://peps.python.org/pep-0779/",
        ],
    ),
    needs=[can_fork, has_threads],
)

SECONDS = 0.04
A_MOMENT = 0.01  # for what will not come

samples = sampled


def meet_in_the_best_way(clean_room):
    """Let loops in two threads of one process meet: each in an interpreter of its own, where that can be had."""
    if has_interpreters.holds:
        return clean_room.run(gil_meeting.interpreters_meet, deadline())
    return clean_room.run(gil_meeting.threads_meet, A_MOMENT if gil_is_on.holds else deadline())


@documents_word()
def test_python_code_of_one_process_never_runs_at_once(clean_room, evidence):
    """Loops of Python code in two threads of a process, which never give a turn away, do not meet, however arranged."""
    met = meet_in_the_best_way(clean_room)
    evidence.figures("two loops", {"each in an interpreter of its own": has_interpreters.holds, "they met": met})

    assert not met


@measured
@needs(has_interpreters, several_cores)
def test_two_interpreters_want_two_cores(clean_room, evidence):
    """Loops of Python code in two interpreters of one process want two cores."""
    cores = samples(clean_room, evidence, wanted, busy_beside.in_interpreters, 2, SECONDS)

    assert decide(cores, "cores that two interpreters want", evidence, threshold=1.5, unit="cores")


@needs(has_interpreters)
def test_interpreters_are_in_the_caller_s_process(clean_room, evidence):
    """Interpreters that a program makes run in the program's own process."""
    processes = clean_room.run(gil_meeting.processes_of_interpreters)
    evidence.figures("a program and two interpreters", {"processes": len(set(processes))})

    assert len(processes) == 3
    assert len(set(processes)) == 1


def test_threads_of_one_interpreter_meet_only_without_its_lock(clean_room):
    """Loops in two threads of one interpreter, which never give a turn away, meet only where it has no lock on."""
    met = clean_room.run(gil_meeting.threads_meet, A_MOMENT if gil_is_on.holds else deadline())

    assert met is not gil_is_on.holds


@saboteur(caught_by=test_python_code_of_one_process_never_runs_at_once)
def loops_that_give_way(patch):
    """Each loop gives way to the other on and on."""
    patch.in_child(gil_meeting.giving_way)


@saboteur(caught_by=test_python_code_of_one_process_never_runs_at_once, restores=True)
def one_lock_for_everything(patch):
    """One loop begins only when the other has ended, whatever they run in."""
    patch.in_child(gil_meeting.one_at_a_time)


@saboteur(caught_by=test_two_interpreters_want_two_cores)
def interpreters_under_one_lock(patch):
    """The interpreters take turns under a common lock."""
    patch.here(samples=recorded(*[1.01] * 6))


@saboteur(caught_by=test_interpreters_are_in_the_caller_s_process)
def interpreters_in_processes(patch):
    """Each interpreter is a process of its own."""
    patch.in_child(gil_meeting.process_for_each)


@saboteur(caught_by=test_threads_of_one_interpreter_meet_only_without_its_lock)
def runtime_of_the_other_kind(patch):
    """Loops meet under a lock, and miss each other without one."""
    patch.in_child(gil_meeting.giving_way if gil_is_on.holds else gil_meeting.one_at_a_time)
