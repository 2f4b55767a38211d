"""Workers that are threads get light tasks done for less than workers that are processes."""

from concurrency_lib import _workers_futures, workers
from spec.choosing.models_costs import sampled
from spec.choosing.targets import models_costs, working_broken
from spec.support import Claim, HoldsIf, Text, measured, needs, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads, several_cores
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="任务本身很轻时，用线程来做比用进程花的代价小。",
    decides={"models.threads-usually-faster": 384},
    ruling=HoldsIf(
        condition="the tasks compute little themselves, so that making workers and handing over is what counts",
        because="threads are made for less and are handed things without a copy; but Python code that computes in "
        "threads takes turns under the interpreter lock, while processes compute at the same time",
        correction=Text(
            en="For work that waits, threads are the cheaper workers; for Python code that computes, on several cores "
            "and under an interpreter lock, processes are done sooner.",
            zh="多数时间在等待的工作，用线程更划算；要用 Python 代码大量计算时，在多核机器上，只要有解释器锁，"
            "就是进程更快。",
        ),
        references=[
            "https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor",
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
        ],
    ),
    needs=[can_fork, has_threads],
)

samples = sampled


@measured
def test_threads_cost_less_with_light_tasks(clean_room, evidence):
    """A team of threads needs less processor time for ten light tasks than one of processes, its making included."""
    ratios = samples(clean_room, evidence, models_costs.processes_to_threads_when_idle, "processes", "threads")

    assert decide(ratios, "processor time of the processes, by that of the threads", evidence, threshold=1.2)


@measured
@needs(several_cores, gil_is_on)
def test_processes_are_done_sooner_with_computing(clean_room, evidence):
    """Tasks that compute are done sooner by processes than by threads, which wait for each other besides."""
    ratios = samples(clean_room, evidence, models_costs.threads_to_processes_when_busy, "threads", "processes")

    assert decide(ratios, "time of the threads, by that of the processes", evidence, threshold=1.2)


def test_threads_hand_over_the_thing_itself():
    """Threads take items, and give values, as they are: no copy is made, and nothing need be pickled."""
    thing = object()
    with workers.threads(1) as team:
        (same,) = team.run(lambda item: item, [thing])

    assert same is thing


@saboteur(caught_by=test_threads_cost_less_with_light_tasks)
def processes_as_cheap_as_threads(patch):
    """Processes are made, and handed tasks, at the cost of threads."""
    patch.here(samples=recorded(1.0, 0.95, 1.03, 1.0, 0.98, 1.1))


@saboteur(caught_by=test_processes_are_done_sooner_with_computing)
def processes_that_take_turns(patch):
    """Processes compute one at a time, as threads do."""
    patch.here(samples=recorded(1.0, 0.95, 1.03, 1.0, 0.98, 1.1))


@saboteur(caught_by=test_threads_hand_over_the_thing_itself)
def things_that_are_copied(patch):
    """What a thread returns is put into another thing."""
    patch.setattr(_workers_futures, "ended_here", working_broken.result_without_a_value)
