"""The worker takes jobs out of one queue and puts the answer to each into the other, ten times over."""

from hypothesis.strategies import integers, lists

from spec.distributed import queue_programs
from spec.distributed.managing import proxies_of, served
from spec.distributed.targets import queue_playing
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork
from spec.support.properties import for_any

claim = Claim(
    zh="工作进程循环十次，每次从一个队列取出任务，再把结果放进另一个队列。",
    decides={"dist.worker-loop": 492},
    ruling=Holds(),
    needs=[can_start_processes, can_fork],
)

ROUNDS = 10
TWELVE = 12  # jobs, which is more than there are rounds
WORKER = queue_programs.local(queue_programs.WORKER)


def answers_to(numbers):
    return [f"{number} * {number} = {number * number}" for number in numbers]


def taken(queue):
    """Take all that is in a queue."""
    return [queue.get() for _ in range(queue.qsize())]


def test_every_job_is_answered_in_its_turn(mp_context, clean_room):
    """Whatever ten numbers are the jobs, the answers are their squares, in the order of the jobs."""
    with (
        served(mp_context, key=b"abc") as manager,
        proxies_of(manager, "get_jobs", "get_answers") as (jobs, answers),
    ):

        @for_any(lists(integers(), min_size=ROUNDS, max_size=ROUNDS), examples=3)
        def are_squared(numbers):
            for number in numbers:
                jobs.put(number)
            clean_room.run(queue_playing.play, WORKER.source, manager.address)

            assert taken(jobs) == []
            assert taken(answers) == answers_to(numbers)


def test_there_are_ten_rounds(mp_context, clean_room, evidence):
    """The worker answers ten jobs, and leaves what is beyond that where it is."""
    with (
        served(mp_context, key=b"abc", jobs=range(TWELVE)) as manager,
        proxies_of(manager, "get_jobs", "get_answers") as (jobs, answers),
    ):
        printed = clean_room.run(queue_playing.play, WORKER.source, manager.address)
        left, answered = taken(jobs), taken(answers)
    evidence.transcript("the worker with twelve jobs", "python queue_worker.py", "\n".join(printed), 0)

    assert answered == answers_to(range(ROUNDS))
    assert left == [*range(ROUNDS, TWELVE)]


@saboteur(caught_by=test_every_job_is_answered_in_its_turn)
def worker_that_keeps_an_answer(patch):
    """The worker puts no answer to a job that is zero."""
    patch.here(WORKER=WORKER.replacing("answers.put(", "number and answers.put("))


@saboteur(caught_by=test_there_are_ten_rounds)
def worker_that_is_tired(patch):
    """The worker goes home after nine rounds."""
    patch.here(WORKER=WORKER.replacing("range(10)", "range(9)"))
