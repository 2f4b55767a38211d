"""All coroutines of an event loop run in one thread: that in which the loop runs."""

import asyncio
import threading
from functools import partial

from spec.async_io import coroutine_broken, coroutine_threads
from spec.async_io.coroutine_driving import go_on
from spec.async_io.coroutine_threads import noting_coroutine, noting_generator
from spec.async_io.loop_groups import grouped
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="一个事件循环里的所有协程都在同一个线程里运行，也就是运行该循环的线程。",
    decides={"coro.single-thread": 576},
    ruling=HoldsIf(
        condition="they are driven by one event loop, or by one driver",
        because="a coroutine belongs to no thread: it runs in that of whoever resumes it, and two threads may resume "
        "it one after the other, though never at once; and a program may have several threads with a loop in each",
        correction=Text(
            en="A loop runs its coroutines in its own thread; what has to run elsewhere is handed over, with "
            "asyncio.to_thread for instance.",
            zh="事件循环只在自己的线程里运行协程；要放到别处执行的工作须交出去，例如用 asyncio.to_thread。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
            "https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread",
        ],
    ),
    needs=[has_threads],
)

TASKS = 100


async def note_threads(seen):
    """Note the thread before and after a wait."""
    seen.add(threading.get_ident())
    await asyncio.sleep(0)
    seen.add(threading.get_ident())


async def note_all(seen):
    await grouped(*(note_threads(seen) for _ in range(TASKS)))


resume_in_another_thread = coroutine_threads.resume_in_another_thread
halting = coroutine_threads.halting


def test_hundred_tasks_run_in_the_thread_of_the_loop(run_async, evidence):
    """A hundred tasks, before and after they wait, see the thread that runs the loop and no other."""
    seen = set()
    run_async(note_all(seen))
    evidence.figures("threads seen", {"by a hundred tasks": len(seen)})

    assert seen == {threading.get_ident()}


def test_loop_in_another_thread_runs_them_there(loop_factory):
    """A loop that another thread runs has its tasks run in that thread."""
    seen = set()

    def run_there():
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            runner.run(note_all(seen))
        return threading.get_ident()

    with together(run_there) as (thread,):
        there = thread.value()

    assert seen == {there}


def test_to_thread_runs_elsewhere(run_async):
    """What a coroutine hands to asyncio.to_thread runs in another thread, and the coroutine goes on in its own."""

    async def hand_over():
        elsewhere = await asyncio.to_thread(threading.get_ident)
        return elsewhere, threading.get_ident()

    elsewhere, here = run_async(hand_over())

    assert here == threading.get_ident()
    assert elsewhere != here


def test_whoever_resumes_lends_its_thread(evidence):
    """A generator and a coroutine that two threads resume in turn run in the one, then in the other."""
    for begin in (noting_generator, noting_coroutine):
        seen = []
        driven = begin(seen)
        go_on(driven)
        other = resume_in_another_thread(driven)
        driven.close()
        evidence.figures(f"{begin.__name__}: threads", {"first step": seen[0], "second step": seen[1]})

        assert seen == [threading.get_ident(), other]


def test_two_threads_cannot_resume_it_at_once():
    """While one thread is in the midst of a step, another that resumes the same generator gets ValueError."""
    is_inside, may_go_on = threading.Event(), threading.Event()
    driven = halting(is_inside, may_go_on)
    with together(partial(go_on, driven), at_end=may_go_on.set):
        is_inside.wait(deadline())
        error = raised_by(go_on, driven)

    assert isinstance(error, ValueError)


@saboteur(caught_by=test_hundred_tasks_run_in_the_thread_of_the_loop)
def tasks_in_threads_of_an_executor(patch):
    """Every task notes what it sees in a thread of the loop's executor."""
    patch.here(note_threads=coroutine_threads.note_in_executor, TASKS=2)


@saboteur(caught_by=test_loop_in_another_thread_runs_them_there)
def tasks_that_go_to_the_main_thread(patch):
    """Tasks see the main thread, wherever the loop runs."""
    patch.here(note_threads=coroutine_threads.note_main_thread)


@saboteur(caught_by=test_whoever_resumes_lends_its_thread)
def resuming_that_is_sent_back(patch):
    """The step is made in the first thread, whichever thread asks for it."""
    patch.here(resume_in_another_thread=coroutine_threads.resume_here_in_its_stead)


@saboteur(caught_by=test_two_threads_cannot_resume_it_at_once)
def generator_for_each_thread(patch):
    """Every thread that resumes it gets a generator of its own."""
    patch.here(halting=coroutine_threads.HaltingOnce)


@saboteur(caught_by=test_to_thread_runs_elsewhere)
def loop_without_threads(patch):
    """The loop runs in its own thread what it should hand over."""
    patch.loop(coroutine_broken.WithoutThreads)
