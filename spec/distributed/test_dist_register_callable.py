"""Registering a name with a callable ties the name to what that returns in the server; a lambda will do."""

from pickle import PicklingError

from spec.distributed.managing import ended_in, proxies_of, served
from spec.distributed.managing_methods import default_method, forks_by_default
from spec.distributed.targets import managing, managing_broken
from spec.processes.multiprocessed import can_start_processes, offspring
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="登记名字时给出的 callable 把名字与它在服务端返回的对象联系起来；用 lambda 也可以。",
    decides={"dist.register-callable": 441},
    ruling=Outdated(
        since="3.14",
        condition=forks_by_default,
        because="what is registered is sent to the server's process as it starts; only a forked process "
        "has it without a pickle, and a lambda cannot be pickled; since 3.14 nothing but an explicit wish "
        "makes Linux fork, as it has long been on macOS and Windows",
        correction=Text(
            en="Register functions that have a name at the top level of a module: they reach the server "
            "under every start method.",
            zh="请登记模块顶层的具名函数：无论用哪种启动方式，它们都能到达服务进程。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.managers.BaseManager.register",
            "https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods",
        ],
    ),
    needs=[can_start_processes, can_fork],
)


def outcome_of_a_lambda(clean_room, method):
    """Return how many jobs are found in a lambda's queue, or the exception in which that ends."""
    try:
        return clean_room.run(managing.published_by_lambda, method)
    except PicklingError as error:
        return type(error).__name__


@documents_word(ends_in=PicklingError, match="lambda")
def test_a_lambda_ties_a_name_to_an_object(clean_room):
    """A name that is tied by a lambda leads to the same queue however often it is asked for."""
    assert clean_room.run(managing.published_by_lambda, default_method()) == 1


def test_a_function_ties_a_name_to_an_object(mp_context):
    """A name that is tied by a function with a name leads to the queue that this returns, for all who ask."""
    with (
        served(mp_context) as manager,
        proxies_of(manager, "get_jobs") as [mine],
        proxies_of(manager, "get_jobs") as [yours],
    ):
        mine.put("a job")

        assert yours.qsize() == 1


def test_the_callable_is_called_in_the_server(mp_context, evidence):
    """What a name leads to lives in the server's process, where the callable made it."""
    with offspring() as started, served(mp_context) as manager:
        server = [process.pid for process in started()]
        with proxies_of(manager, "get_house") as [house]:
            lives_in = house.pid()
    evidence.figures("processes", {"the server's": server[0], "that of what was made": lives_in})

    assert server == [lives_in]


def test_a_lambda_reaches_a_forked_server_alone(clean_room, every_context, evidence):
    """A lambda serves a server that is forked, and any other way to start one ends in PicklingError."""
    method = every_context.get_start_method()
    outcome = outcome_of_a_lambda(clean_room, method)
    evidence.figures("jobs found in the queue of a lambda", {method: outcome})

    assert outcome == (1 if method == "fork" else "PicklingError")


def test_a_server_needs_a_callable(mp_context, evidence):
    """A name that the server itself registered without a callable ends in RemoteError when it is asked for."""
    with served(mp_context) as manager:
        error = ended_in(manager.get_nothing)
    evidence.transcript("what the server says", "manager.get_nothing()", str(error), "raised")

    assert type(error).__name__ == "RemoteError"
    assert "ValueError" in str(error)


@saboteur(caught_by=test_a_lambda_ties_a_name_to_an_object, restores=True)
def forking_again(patch):
    """The server is forked unless another way is named."""
    patch.here(default_method=lambda: "fork")


@saboteur(caught_by=test_a_lambda_ties_a_name_to_an_object)
def lambda_that_is_forgotten(patch):
    """The name leads to a new queue each time."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_function_ties_a_name_to_an_object)
def function_that_is_forgotten(patch):
    """The name leads whoever asks to a queue of his own."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_the_callable_is_called_in_the_server)
def object_that_lives_elsewhere(patch):
    """What is published tells of another process than the server's."""
    patch.in_child(managing_broken.house_without_a_number)


@saboteur(caught_by=test_a_lambda_reaches_a_forked_server_alone)
def lambda_that_reaches_nobody(patch):
    """A forked server has lost what the lambda returned."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_server_needs_a_callable)
def server_that_makes_something_up(patch):
    """The server hands out its jobs under a name that stands for nothing."""
    patch.in_child(managing_broken.nothing_that_is_jobs)
