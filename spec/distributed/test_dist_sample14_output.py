"""The worker's program says to whom it connects, does ten jobs with a line for each, and ends."""

from functools import partial

import pytest

from spec.distributed.managing import LOOPBACK, proxies_of, served
from spec.distributed.queue_programs import IMPATIENT, PATIENT, WORKER, local, mended
from spec.distributed.targets import queue_playing
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.deadlines import wait_until
from spec.support.programs import run
from spec.threads.together import together

claim = Claim(
    zh="工作程序先说明连接到哪里，再做十个任务、各打印一行，然后结束。",
    decides={"dist.sample14-output": (468, 504)},
    ruling=HoldsIf(
        condition="a job is there each time the worker asks, and the master stays until it is through",
        because="a master shuts down when it has its last answer; a worker that asks for more then loses its "
        "connection, and ends in an error: that is so as soon as two workers share ten jobs; and the master "
        "needs its own repairs since 3.14",
        correction=Text(
            en="Tell the workers that there is no more to do, say by a last job that means so, before the "
            "master shuts down.",
            zh="主控关闭之前，应先告诉各工作进程已无任务，例如放入一个表示结束的任务。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#using-a-remote-manager"],
    ),
    needs=[can_start_programs, can_start_processes, can_fork],
)

AS_IT_STANDS = local(PATIENT)
MENDED = mended(AS_IT_STANDS)
TOLD = mended(local(IMPATIENT)).replacing(
    '        print("squares"', '        if number is None:\n            break\n        print("squares"'
)
CUT_OFF = (EOFError, ConnectionError)


def stop(manager):
    manager.shutdown()


def test_ten_jobs_make_twelve_lines(mp_context, evidence):
    """Over TCP, with ten jobs ready, the worker prints the address, a line for each job in its turn, and its end."""
    jobs = [*range(3, 33, 3)]
    with served(mp_context, address=(LOOPBACK, 0), key=b"abc", jobs=jobs) as manager:
        ran = run(WORKER, str(manager.address[1])).show(evidence, "the worker, with ten jobs")

    assert ran.lines == [f"connects to {LOOPBACK}", *(f"squares {job}" for job in jobs), "the worker ends"]
    assert (ran.errors, ran.status) == ("", 0)


@pytest.mark.parametrize("name", ["as it stands", "mended"])
def test_a_worker_whose_master_leaves_ends_in_an_error(mp_context, clean_room, evidence, name):
    """A worker that asks for a job as its master shuts down ends in NameError as it stands, and mended in EOFError."""
    program = AS_IT_STANDS if name == "as it stands" else MENDED
    with (
        served(mp_context, key=b"abc", jobs=[3, 6]) as manager,
        proxies_of(manager, "get_answers") as [answers],
        together(partial(clean_room.run, queue_playing.play, program.source, manager.address)) as [worker],
    ):
        wait_until(lambda: answers.qsize() == 2, "two answers")
        stop(manager)
        error = worker.exception()
    evidence.figures("a worker whose master leaves", {name: repr(error)})

    assert isinstance(error, NameError if name == "as it stands" else CUT_OFF)


def test_a_worker_that_is_told_of_the_end_is_through(mp_context, clean_room, evidence):
    """A worker to which a last job means the end does those before it, and ends in order while its master is there."""
    with served(mp_context, key=b"abc", jobs=[3, 6, None]) as manager:
        printed = clean_room.run(queue_playing.play, TOLD.source, manager.address)
    evidence.transcript("two jobs and the end", "python queue_worker.py", "\n".join(printed), 0)

    assert printed[1:] == ["squares 3", "squares 6", "the worker ends"]


@saboteur(caught_by=test_ten_jobs_make_twelve_lines)
def worker_that_does_not_connect(patch):
    """The worker says whom it is to reach, and leaves."""
    patch.here(WORKER=WORKER.replacing("subscriber.connect()", "sys.exit()"))


@saboteur(caught_by=test_a_worker_whose_master_leaves_ends_in_an_error)
def master_that_stays(patch):
    """In place of shutting down the master puts the eight jobs for which the worker is going to ask."""
    patch.here(stop=put_eight_jobs)


@saboteur(caught_by=test_a_worker_that_is_told_of_the_end_is_through)
def worker_that_does_not_listen(patch):
    """The worker takes no notice of the last job, and asks for more."""
    patch.here(TOLD=TOLD.replacing("break", "continue"))


def put_eight_jobs(manager):
    with proxies_of(manager, "get_jobs") as [queue]:
        for job in range(8):
            queue.put(job)
