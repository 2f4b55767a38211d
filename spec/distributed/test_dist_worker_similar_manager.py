"""A worker makes a manager class of its own, like the master's: what they share is nothing but the names."""

from multiprocessing.managers import BaseManager

from spec.distributed.managing import KEY, proxies_of, served
from spec.distributed.targets import managing, managing_broken
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="工作进程自己定义一个与主控类似的管理器类：两个类之间，除了登记的名字，什么都不必相同。",
    decides={"dist.worker-similar-manager": 474},
    ruling=Holds(),
    needs=[can_start_processes],
)


def made_by_the_worker(*names):
    """Make a manager class that knows these names, and is called like none of the master's."""
    stranger = type("Stranger", (BaseManager,), {})
    for name in names:
        stranger.register(name)
    return stranger


def test_a_class_of_another_name_reaches_the_same_queue(mp_context, evidence):
    """A job that the master puts is there for a manager of a class that is unrelated to the master's."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [master]:
        stranger = made_by_the_worker("get_jobs")(manager.address, KEY)
        stranger.connect()
        with proxies_of(stranger, "get_jobs") as [worker]:
            master.put("a job")
            found = worker.qsize()
    evidence.figures(
        "classes",
        {"the master's": type(manager).__name__, "the worker's": type(stranger).__name__, "jobs found": found},
    )

    assert not isinstance(stranger, type(manager))
    assert found == 1


def test_a_name_that_was_not_registered_is_no_method(mp_context):
    """A name that the worker's class has not registered is no attribute there, though the server knows it."""
    with served(mp_context) as manager:
        stranger = made_by_the_worker("get_answers")(manager.address, KEY)
        stranger.connect()
        known = hasattr(manager, "get_jobs"), hasattr(stranger, "get_jobs")

    assert known == (True, False)


@saboteur(caught_by=test_a_class_of_another_name_reaches_the_same_queue)
def server_with_a_queue_for_each_class(patch):
    """Whoever asks the server is given a queue of his own."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_name_that_was_not_registered_is_no_method)
def class_that_knows_every_name(patch):
    """The worker's class knows what it did not register."""
    patch.here(made_by_the_worker=lambda _: managing.Names)
