"""The coroutines of one loop all run in the thread that runs the loop, before their waits and after."""

import asyncio
import threading
import warnings

import pytest

from spec.async_io.clockwork import run as on_our_clock
from spec.support import Claim, Holds, saboteur
from spec.threads.together import together

claim = Claim(
    zh="同一个循环里的协程，等待前后都在运行该循环的那个线程里执行。",
    decides={"asyncio.same-thread-shown": (679, 683)},
    ruling=Holds(),
)

speak = threading.current_thread


async def hello(threads):
    """Note in which thread this runs, before and after a wait of a second."""
    threads.append(await as_it_stands(speak))
    await asyncio.sleep(1)
    threads.append(await as_it_stands(speak))


async def as_it_stands(call):
    """Make a call here."""
    return call()


def threads_of_two():
    """Run two coroutines in one loop; return the threads in which they found themselves."""
    threads = []

    async def both():
        await asyncio.gather(hello(threads), hello(threads))

    on_our_clock(both())
    return threads


def test_four_times_the_main_thread(evidence):
    """Two coroutines that say twice in which thread they run name the main thread, which runs the loop, four times."""
    threads = threads_of_two()
    evidence.transcript("threads that were named", "print(current_thread())", "\n".join(map(repr, threads)), 0)

    assert threads == [threading.main_thread()] * 4
    assert len(set(map(repr, threads))) == 1
    assert repr(threads[0]).startswith("<_MainThread(MainThread, started ")


def test_a_loop_in_another_thread():
    """In a loop that another thread runs, they name that thread four times."""
    with together(threads_of_two, names=["another"]) as [other]:
        threads = other.value()

    assert {thread.name for thread in threads} == {"another"}
    assert threads == [other.thread] * 4


def test_a_call_that_is_sent_away_runs_elsewhere(run_async):
    """What a coroutine hands to to_thread runs in another thread than the loop."""
    assert run_async(asyncio.to_thread(speak)) is not threading.current_thread()


by_its_old_name = threading.currentThread


def test_the_old_name_still_answers():
    """Under its name with a capital the question is deprecated, and is still answered."""
    with pytest.deprecated_call():
        thread = by_its_old_name()

    assert thread is threading.current_thread()


async def in_a_thread_of_its_own(call):
    """Make a call in another thread."""
    return await asyncio.to_thread(call)


def nobody():
    """Complain, and answer nothing."""
    warnings.warn("an old name", DeprecationWarning, stacklevel=2)


@saboteur(caught_by=test_the_old_name_still_answers)
def old_name_without_an_answer(patch):
    """The old name complains, and that is all."""
    patch.here(by_its_old_name=nobody)


@saboteur(caught_by=test_four_times_the_main_thread)
def lines_from_other_threads(patch):
    """A coroutine has each line said by another thread."""
    patch.here(as_it_stands=in_a_thread_of_its_own)


@saboteur(caught_by=test_a_loop_in_another_thread)
def loop_that_stays_in_the_main_thread(patch):
    """Whoever asks in whatever thread is told that it is the main one."""
    patch.here(speak=threading.main_thread)


@saboteur(caught_by=test_a_call_that_is_sent_away_runs_elsewhere)
def call_that_stays_here(patch):
    """Whoever asks is told that it is the main thread."""
    patch.here(speak=threading.main_thread)
