"""The standard library has a low-level module of threads, `_thread`, and a high-level one, `threading`."""

import _thread
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, ends

claim = Claim(
    zh="标准库有两个讲线程的模块：低级的 _thread 和高级的 threading。",
    decides={"thread.two-modules": 202},
    ruling=HoldsIf(
        condition="what is counted are modules that deal in threads, not all that run a function in one",
        because="concurrent.futures, since 3.2, and asyncio, since 3.9, offer to run a function in a thread as "
        "well; both do it by means of threading",
        correction=Text(
            en="Two modules deal in threads; above them ThreadPoolExecutor and asyncio.to_thread take functions "
            "and hand back what came of them.",
            zh="直接跟线程打交道的模块是这两个；在它们之上还有 ThreadPoolExecutor 和 asyncio.to_thread，只需交给"
            "它们函数，就能拿回结果。",
        ),
        references=[
            "https://docs.python.org/3/library/_thread.html",
            "https://docs.python.org/3/library/threading.html",
            "https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor",
            "https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread",
        ],
    ),
    needs=[has_threads],
)


def with_low_level(function):
    """Call a function in a thread of `_thread`, and wait for the word that it is done."""
    done = _thread.allocate_lock()
    done.acquire()
    came = []

    def call_and_tell():
        came.append(function())
        done.release()

    _thread.start_new_thread(call_and_tell, ())
    assert done.acquire(timeout=deadline())
    return came[0]


def with_high_level(function):
    """Call a function in a thread of `threading`, and wait for the thread's end."""
    came = []
    thread = threading.Thread(target=lambda: came.append(function()))
    thread.start()
    ends(thread)
    return came[0]


def with_executor(function):
    """Call a function in a thread of `concurrent.futures`."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(function).result(deadline())


def with_asyncio(function):
    """Call a function in a thread of `asyncio`."""
    return asyncio.run(asyncio.to_thread(function))


WAYS = {
    "_thread": with_low_level,
    "threading": with_high_level,
    "ThreadPoolExecutor": with_executor,
    "asyncio.to_thread": with_asyncio,
}


@pytest.mark.parametrize("module", ["_thread", "threading"])
def test_either_module_runs_a_function_in_another_thread(module):
    """Each of the two modules runs a function in another thread than the one that asks for it."""
    assert WAYS[module](_thread.get_ident) != _thread.get_ident()


@pytest.mark.parametrize("way", ["ThreadPoolExecutor", "asyncio.to_thread"])
def test_other_modules_run_functions_in_threads_of_threading(way, evidence):
    """concurrent.futures and asyncio, too, run functions in other threads, and these are threads of threading."""
    thread = WAYS[way](threading.current_thread)
    evidence.figures("a thread of another module", {way: thread.name})

    assert type(thread) is threading.Thread
    assert thread is not threading.current_thread()


def test_the_low_level_has_numbers_only():
    """A thread of the low-level module is a number, which cannot be joined, while that of the high-level one can."""
    number = with_low_level(_thread.get_ident)

    assert type(number) is int
    assert not hasattr(_thread, "Thread")
    assert callable(threading.Thread.join)


@saboteur(caught_by=test_either_module_runs_a_function_in_another_thread)
def modules_without_threads(patch):
    """The modules call the function in the thread that asks."""
    patch.here(WAYS=dict.fromkeys(WAYS, lambda function: function()))


@saboteur(caught_by=test_other_modules_run_functions_in_threads_of_threading)
def other_modules_without_threads(patch):
    """The other modules call the function in the thread that asks."""
    patch.here(WAYS=dict.fromkeys(WAYS, lambda function: function()))


@saboteur(caught_by=test_the_low_level_has_numbers_only)
def low_level_with_objects(patch):
    """The low-level module hands out threads as objects."""
    patch.here(with_low_level=lambda _: threading.Thread())
