"""The main thread is called MainThread."""

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_threads
from spec.support.deadlines import deadline
from spec.support.programs import run, sample
from spec.threads.targets import thread_mains, thread_mains_broken

claim = Claim(
    zh="主线程的名字叫 MainThread。",
    decides={"thread.main-name": 226},
    ruling=HoldsIf(
        condition="nobody has renamed it, and the process was not forked in another thread",
        because="a name can be changed at any time; and in a forked child the thread that called fork is the main "
        "one, and keeps the name that it had",
        correction=Text(
            en="Ask threading.main_thread() which thread is the main one, not a name.",
            zh="想知道哪个是主线程，应当问 threading.main_thread()，不要看名字。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.main_thread",
            "https://man7.org/linux/man-pages/man2/fork.2.html",
        ],
    ),
)

ROLL_CALL = sample(__file__, "thread_roll_call")


@needs(can_start_programs)
def test_an_interpreter_calls_it_so(evidence):
    """In a fresh interpreter the main thread's name is MainThread."""
    ran = run(ROLL_CALL).show(evidence, "name; is it the main thread; is it the one that asks")

    assert ran.lines[0].split()[:2] == ["MainThread", "True"]


@needs(can_start_processes)
def test_child_processes_call_it_so(every_context):
    """In a process that multiprocessing starts from a main thread, the main thread's name is MainThread."""
    main = processes.run(thread_mains.look, mp_context=every_context, timeout=deadline())

    assert main.name == "MainThread"


@needs(can_fork, has_threads)
def test_a_fork_in_another_thread_calls_it_otherwise(clean_room, evidence):
    """In the child of a thread called Tee that forks, the main thread's name is Tee."""
    name, kind = clean_room.run(thread_mains.look_in_a_fork_of, "Tee")
    evidence.figures("the main thread of the child", {"name": name, "class": kind})

    assert name == "Tee"


@needs(can_fork)
def test_the_main_thread_can_be_renamed(clean_room):
    """Whatever name the main thread is given, it has that name from then on."""
    names = ["Main", "MainThread-1", "主线程", ""]

    assert clean_room.run(thread_mains.name_the_main_thread, names) == names


@saboteur(caught_by=test_an_interpreter_calls_it_so)
def interpreter_with_another_name_for_it(patch):
    """The interpreter has another name for its main thread."""
    renamed = "import threading\n\nthreading.main_thread().name = 'Main'\n"
    patch.here(ROLL_CALL=ROLL_CALL.replacing("import threading\n", renamed))


@saboteur(caught_by=test_child_processes_call_it_so)
def child_with_another_name_for_it(patch):
    """The child process has another name for its main thread."""
    patch.in_child(thread_mains_broken.main_thread_of_another_name)


@saboteur(caught_by=test_a_fork_in_another_thread_calls_it_otherwise)
def fork_that_renames_the_thread(patch):
    """The thread that goes on in the child gets the usual name of a main thread."""
    patch.in_child(thread_mains_broken.fork_that_names_the_main_thread)


@saboteur(caught_by=test_the_main_thread_can_be_renamed)
def name_that_stays(patch):
    """The main thread keeps its name."""
    patch.in_child(thread_mains_broken.names_that_stay)
