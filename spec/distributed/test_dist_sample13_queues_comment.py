"""Of the two queues one carries jobs to the workers, and the other carries their answers back."""

from hypothesis.strategies import booleans, integers, lists, tuples

from spec.distributed.managing import proxies_of, served
from spec.distributed.targets import managing_broken
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="两个队列各管一头：一个把任务送到工作进程，另一个把结果带回来。",
    decides={"dist.sample13-queues-comment": (432, 434)},
    ruling=Holds(),
    needs=[can_start_processes],
)


def taken(queue):
    """Take all that is in a queue."""
    return [queue.get() for _ in range(queue.qsize())]


def test_each_queue_gives_what_was_put_into_it(mp_context):
    """However jobs and answers are mixed as they are put, each queue gives its own, in their order."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs", "get_answers") as queues:

        @for_any(lists(tuples(booleans(), integers()), max_size=8), examples=20)
        def come_out_of_their_own_queue(puts):
            for to_answers, value in puts:
                queues[to_answers].put(value)

            assert [taken(queue) for queue in queues] == [
                [value for to_answers, value in puts if to_answers == which] for which in (False, True)
            ]


def test_an_answer_is_no_job(mp_context, evidence):
    """A worker that looks for the next job is not handed an answer that it has just put."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs", "get_answers") as (jobs, answers):
        jobs.put(7)
        answers.put(jobs.get() ** 2)
        left = {"jobs": jobs.qsize(), "answers": answers.qsize()}
        evidence.figures("what is in the queues after one job", left)

    assert left == {"jobs": 0, "answers": 1}


@saboteur(caught_by=test_each_queue_gives_what_was_put_into_it)
def one_queue_under_two_names(patch):
    """Jobs and answers share a queue."""
    patch.in_child(managing_broken.one_queue_for_both)


@saboteur(caught_by=test_an_answer_is_no_job)
def one_queue_where_two_are_asked_for(patch):
    """The worker is handed the queue of jobs for its answers."""
    patch.in_child(managing_broken.one_queue_for_both)
