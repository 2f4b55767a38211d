"""A Thread is made of a function, which runs once, in a thread of its own, when `start` is called and not before."""

import threading
from functools import partial
from threading import Barrier, Event, Thread, current_thread, get_ident

from hypothesis.strategies import integers, lists

from concurrency_lib import threads
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, ends, wait_until
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="用一个函数创建 Thread；调用 start() 之后，函数才会运行，而且只在自己的线程里运行一次。",
    decides={"thread.start-with-function": 204},
    ruling=Holds(),
    needs=[has_threads],
)

NAMES = ["first", "second", "third"]


def prepare(function, *args, **options):
    return Thread(target=function, args=args, kwargs=options)


def launch(thread):
    thread.start()


def a_function_has_looked():
    pass


def test_the_function_runs_on_start_and_in_its_own_thread(evidence):
    """The function does not run when the Thread is made; it runs once, as it starts, with its arguments, elsewhere."""
    calls = []
    thread = prepare(lambda *args, **options: calls.append((args, options, get_ident())), 1, key="word")
    before = list(calls)
    launch(thread)
    ends(thread)
    evidence.figures("calls of the function", {"before start": len(before), "after the end": len(calls)})

    assert before == []
    assert [call[:2] for call in calls] == [((1,), {"key": "word"})]
    assert calls[0][2] != get_ident()


def test_a_thread_starts_once_only():
    """Starting a Thread for a second time is a RuntimeError, while it runs and after its end."""
    may_end = Event()
    thread = prepare(may_end.wait, deadline())
    launch(thread)
    while_it_runs = raised_by(launch, thread)
    may_end.set()
    ends(thread)

    assert type(while_it_runs) is RuntimeError
    assert type(raised_by(launch, thread)) is RuntimeError


def test_a_thread_is_alive_from_its_start_to_its_end():
    """A Thread is not alive when it is made; it is while its function runs, and no longer after that."""
    may_end = Event()
    thread = prepare(may_end.wait, deadline())
    before = thread.is_alive()
    launch(thread)
    meanwhile = thread.is_alive()
    may_end.set()
    ends(thread)

    assert (before, meanwhile, thread.is_alive()) == (False, True, False)


def test_library_returns_the_values_in_order():
    """Whatever functions return, the library hands their values over in the functions' order."""

    @for_any(lists(integers(), max_size=5), examples=12)
    def come_back(values):
        assert threads.run_together(*[partial(int, value) for value in values]) == values


def test_library_runs_each_function_in_its_own_thread():
    """Functions that the library runs together run in as many threads, none of which is the caller's."""
    seen = threads.run_together(current_thread, current_thread, current_thread)

    assert len({*seen, current_thread()}) == 4


def test_library_calls_none_before_all_threads_exist():
    """When the first function of the library's is called, the threads of all exist."""
    all_have_looked = Barrier(3)

    def look():
        seen = {thread.name for thread in threading.enumerate()}
        a_function_has_looked()
        all_have_looked.wait(deadline())
        return seen

    for seen in threads.run_together(look, look, look, names=NAMES):
        assert seen >= set(NAMES)


@saboteur(caught_by=test_the_function_runs_on_start_and_in_its_own_thread)
def start_that_calls_the_function(patch):
    """Starting calls the function in the thread that starts."""
    patch.here(launch=lambda thread: thread.run())


@saboteur(caught_by=test_a_thread_starts_once_only)
def start_that_makes_another(patch):
    """A Thread that has been started starts another of its kind."""
    patch.here(launch=lambda thread: thread.ident or thread.start())


@saboteur(caught_by=test_a_thread_is_alive_from_its_start_to_its_end)
def start_that_does_nothing(patch):
    """Starting a thread has no effect."""
    patch.here(launch=lambda _: None)


@saboteur(caught_by=test_library_returns_the_values_in_order)
def values_in_no_order(patch):
    """The library hands the values over as it likes."""
    really = threads.run_together
    patch.setattr(threads, "run_together", lambda *functions: sorted(really(*functions)))


@saboteur(caught_by=test_library_runs_each_function_in_its_own_thread)
def one_thread_for_all(patch):
    """The library runs one function after the other."""
    patch.setattr(threads, "run_together", lambda *functions: [function() for function in functions])


@saboteur(caught_by=test_library_calls_none_before_all_threads_exist)
def threads_that_do_not_wait_for_each_other(patch):
    """Each thread of the library calls its function as soon as it exists."""
    looked = Event()

    def start_and_let_it_look(thread):
        thread.start()
        wait_until(looked.is_set, "a look of the thread that was started first")

    patch.here(a_function_has_looked=looked.set)
    patch.setattr(threads.Signal, "wait", lambda _: True)
    patch.setattr(threads, "start", start_and_let_it_look)
