"""Every function that is called in a thread reaches what the thread has bound, without being handed it."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from threading import local

from hypothesis.strategies import integers

from concurrency_lib.thread_local import PerThread
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.support.properties import for_any
from spec.threads.local_fragments import error_of
from spec.threads.local_lockstep import each, in_lockstep
from spec.threads.targets import local_broken

claim = Claim(
    zh="一个线程里调用到的每个函数，不论调得多深，不用传参就能取到这个线程绑定的东西。",
    decides={"local.all-functions-access": 367},
    ruling=HoldsIf(
        condition="the function runs in the thread that has bound it, and not in one to which the work was handed on",
        because="what a function hands on, to a pool of threads or to a thread of its own, runs elsewhere, and "
        "nothing is bound there",
        correction=Text(
            en="Hand on a copy of the context with the work, and keep what is to be found in a contextvars.ContextVar; "
            "a connection is better made anew in the other thread, as PerThread does.",
            zh="把要用的东西放进 contextvars.ContextVar，转交任务时连同上下文的副本一起交出去；数据库连接"
            "则应在那个线程里另建一个，PerThread 就是这样做的。",
        ),
        references=[
            "https://docs.python.org/3/library/contextvars.html#contextvars.copy_context",
            "https://docs.python.org/3/library/threading.html#thread-local-data",
        ],
    ),
    needs=[has_threads],
)

Local = local


def find_below(depth, find):
    """Go so many calls deeper before finding what no call is handed."""
    return find_below(depth - 1, find) if depth else find()


def handed_on(work):
    """Have a thread of a pool do the work; return what comes of it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(deadline())


def with_context(work):
    """Return the work to be done in a copy of the context of here and now."""
    context = copy_context()
    return lambda: context.run(work)


def test_functions_find_it_at_any_depth():
    """However deep a function is called, it finds in a thread-local what its own thread has bound there."""
    desk = Local()
    with in_lockstep("A", "B") as threads:
        for thread in threads:
            thread.do(setattr, desk, "user", thread.name)

        @for_any(integers(0, 100), examples=15)
        def finds_its_threads(depth):
            assert each(threads, find_below, depth, lambda: desk.user) == ["A", "B"]


def test_work_handed_to_a_pool_finds_nothing(evidence):
    """A function that is handed to a pool of threads finds nothing of what the thread that hands it on has bound."""
    desk = Local()
    desk.user = "Ann"
    error = handed_on(lambda: error_of(lambda: desk.user))
    evidence.figures("the same function", {"called here": desk.user, "handed to a pool": str(error)})

    assert error is AttributeError


def test_a_new_thread_finds_nothing():
    """A function that starts a thread finds what was bound, and the thread that it starts finds nothing."""
    desk = Local()
    desk.user = "Ann"

    def start_another():
        with in_lockstep("another") as (another,):
            return desk.user, another.do(error_of, lambda: desk.user)

    assert start_another() == ("Ann", AttributeError)


def test_a_copied_context_goes_along():
    """Handed on with a copy of the context, a function finds in another thread what a context variable was set to."""
    user = ContextVar("user")
    token = user.set("Ann")
    try:
        assert handed_on(with_context(user.get)) == "Ann"
    finally:
        user.reset(token)


def test_library_serves_every_function_of_a_thread():
    """Functions at any depth get their thread's one resource of the library, and a pool's thread gets another."""
    with PerThread(object, lambda _: None) as things:
        ours = [find_below(depth, things.get) for depth in range(5)]
        of_the_pool = handed_on(lambda: [find_below(depth, things.get) for depth in range(5)])

    assert len(set(map(id, ours))) == len(set(map(id, of_the_pool))) == 1
    assert ours[0] is not of_the_pool[0]


@saboteur(caught_by=test_functions_find_it_at_any_depth)
def local_shared_by_all(patch):
    """Whoever binds last decides what all functions find."""
    patch.here(Local=local_broken.SharedByAll)


@saboteur(caught_by=test_work_handed_to_a_pool_finds_nothing)
def pool_without_threads(patch):
    """The pool does the work at once, in the thread that hands it on."""
    patch.here(handed_on=lambda work: work())


@saboteur(caught_by=test_a_new_thread_finds_nothing)
def local_that_is_inherited(patch):
    """A thread begins with what its starter has bound."""
    patch.here(Local=local_broken.Inherited)


@saboteur(caught_by=test_a_copied_context_goes_along)
def context_that_is_another(patch):
    """The work is done in an empty context."""
    patch.here(with_context=lambda _: lambda: "nobody")


@saboteur(caught_by=test_library_serves_every_function_of_a_thread)
def library_that_makes_one_for_each_call(patch):
    """The library makes a resource whenever it is asked for one."""
    patch.setattr(PerThread, "get", lambda self: self._make())
