"""Every process begins with one thread, its main thread."""

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.deadlines import deadline
from spec.support.programs import run, sample
from spec.threads.targets import thread_mains, thread_mains_broken

claim = Claim(
    zh="每个进程一开始都有一个线程，就是它的主线程。",
    decides={"thread.main-thread-default": 226},
    ruling=Holds(),
)

ROLL_CALL = sample(__file__, "thread_roll_call")


@needs(can_start_programs)
def test_an_interpreter_begins_with_its_main_thread(evidence):
    """A program that has started no thread finds exactly one, which is the main thread and runs the program."""
    ran = run(ROLL_CALL).show(evidence, "the threads of a fresh interpreter")

    assert ran.lines == ["MainThread True True"]


@needs(can_start_processes)
def test_a_child_process_begins_with_its_main_thread(every_context):
    """A process of multiprocessing, too, begins with one thread, which is its main thread and runs its function."""
    main = processes.run(thread_mains.look, mp_context=every_context, timeout=deadline())

    assert main.threads == [main.name]
    assert main.is_current


@saboteur(caught_by=test_an_interpreter_begins_with_its_main_thread)
def debugger_that_brings_a_thread(patch):
    """Something starts another thread before the program does anything."""
    second = "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    patch.here(ROLL_CALL=ROLL_CALL.replacing("import threading\n", f"import threading\n\n{second}\n"))


@saboteur(caught_by=test_a_child_process_begins_with_its_main_thread)
def child_that_begins_with_two(patch):
    """The child process has another thread when its function begins."""
    patch.in_child(thread_mains_broken.another_thread)
