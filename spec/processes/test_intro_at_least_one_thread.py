"""No process is without a thread: one that starts none has its main thread."""

from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_start_programs, has_proc
from spec.support.programs import run, sample

claim = Claim(
    zh="进程不会一个线程都没有：即使不启动任何线程，也总有主线程。",
    decides={"intro.at-least-one-thread": 21},
    ruling=Holds(),
    needs=[can_start_programs],
)

PROGRAM = sample(__file__, "intro_no_threads")


def facts(ran):
    """Return what the program says: the name of a fact, and its words."""
    return {name: words.split() for name, _, words in (line.partition(":") for line in ran.lines)}


def test_program_that_starts_no_thread_has_one(evidence):
    """A program that starts no thread finds that it has one, the main thread."""
    said = facts(run(PROGRAM).show(evidence, "a program that starts no thread"))

    assert said["threads"] == ["MainThread"]


@needs(has_proc)
def test_kernel_finds_the_thread_too(evidence):
    """The kernel, too, lists one thread of such a process, under the process's own id."""
    said = facts(run(PROGRAM).show(evidence, "a program that starts no thread"))

    assert said["tasks"] == said["process"]


@saboteur(caught_by=test_program_that_starts_no_thread_has_one)
def process_without_a_thread(patch):
    """The process has no thread at all."""
    patch.here(PROGRAM=PROGRAM.replacing("threading.enumerate()", "[]"))


@saboteur(caught_by=test_kernel_finds_the_thread_too)
def process_that_starts_a_second_thread(patch):
    """The program starts a thread, in spite of its name."""
    second = "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    patch.here(PROGRAM=PROGRAM.replacing("import threading\n", f"import threading\n\n{second}\n"))
