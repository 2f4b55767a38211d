"""When no job comes within a second, the worker says so and goes on."""

from spec.distributed.managing import served
from spec.distributed.queue_programs import IMPATIENT, local, mended
from spec.distributed.targets import queue_playing
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="一秒之内没有任务到来时，工作进程会说明一声，然后继续。",
    decides={"dist.worker-empty-message": 501},
    ruling=Refuted(
        because="the program imports the module queue and names its exception by Queue, as the module was "
        "called in Python 2; the name is looked up when something is raised, and then ends the worker in "
        "NameError; with ten jobs ready and one worker nothing is raised, and nobody notices",
        correction=Text(
            en="Write `except queue.Empty`: then the worker reports each empty wait, and makes all its rounds.",
            zh="应写成 `except queue.Empty`：这样每次等不到任务都会报告，而且会走完全部循环。",
        ),
        references=[
            "https://docs.python.org/3/library/queue.html#queue.Empty",
            "https://docs.python.org/3/reference/compound_stmts.html#except-clause",
        ],
    ),
    needs=[can_start_processes, can_fork],
)

WORKER = local(IMPATIENT)
MENDED = mended(WORKER)


def play_with(jobs, program, mp_context, clean_room):
    """Run a worker beside a server with some jobs; return what it prints."""
    with served(mp_context, key=b"abc", jobs=jobs) as manager:
        return clean_room.run(queue_playing.play, program.source, manager.address)


@documents_word(ends_in=NameError, match="Queue")
def test_a_worker_without_a_job_says_so(mp_context, clean_room):
    """A worker for which there is no job prints so, once for each of its ten rounds."""
    printed = play_with([], WORKER, mp_context, clean_room)

    assert printed.count("found no job") == 10


def test_the_mended_worker_goes_on(mp_context, clean_room, evidence):
    """With the right name the worker does the one job that there is, reports nine empty waits, and ends in order."""
    printed = play_with([7], MENDED, mp_context, clean_room)
    evidence.transcript("one job for ten rounds", "python queue_worker.py", "\n".join(printed), 0)

    assert printed[1:] == ["squares 7", *["found no job"] * 9, "the worker ends"]


@saboteur(caught_by=test_a_worker_without_a_job_says_so, restores=True)
def module_of_python_2(patch):
    """The module for queues is known by its former name as well."""
    patch.here(WORKER=WORKER.replacing("import sys\n", "import sys\n\nQueue = queue\n"))


@saboteur(caught_by=test_the_mended_worker_goes_on)
def worker_that_gives_up(patch):
    """The worker reports one empty wait, and leaves."""
    patch.here(MENDED=MENDED.replacing('print("found no job")', 'print("found no job")\n        break'))
