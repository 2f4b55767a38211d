"""Nothing else runs in a loop's thread between two awaits of a coroutine: it cannot be broken off there."""

import asyncio
from functools import partial

from concurrency_lib.interleavings import explore
from spec.async_io import coroutine_lines, coroutine_stops, loop_broken
from spec.async_io.coroutine_lines import (
    LETTERS,
    NUMBERS,
    broken_off,
    every_order,
    orders_by_hand,
    show_orders,
    task_of,
)
from spec.async_io.coroutine_stops import task_that_awaits
from spec.async_io.loop_groups import grouped
from spec.support import Claim, Refuted, Text, documents_word, needs, saboteur
from spec.support.capabilities import has_threads

claim = Claim(
    zh="协程在两次 await 之间不会被打断，这期间事件循环所在的线程里不会运行别的协程。",
    decides={"coro.interrupt-any-time": (551, 563)},
    ruling=Refuted(
        because="a coroutine lets others run only where it says so itself, at an await or a yield: of all orders of "
        "two that say nothing of the kind there are two, one after the other; what can be broken off anywhere is a "
        "thread",
        correction=Text(
            en="A coroutine stops where it awaits something that is not there yet, and nowhere else; a request to "
            "cancel it is heard there, too.",
            zh="协程只会停在它自己写明要等待、而所等之物还没有到来的地方；取消它的请求，也要到那里才会生效。",
        ),
        references=[
            "https://docs.python.org/3/reference/expressions.html#await-expression",
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
            "https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.cancel",
        ],
    ),
)

numbers, letters = task_of(NUMBERS), task_of(LETTERS)
note_in_thread = coroutine_lines.note_in_thread
noted, cancel_this_task = coroutine_stops.note_line, coroutine_stops.cancel_this_task


@documents_word()
def test_one_is_broken_off_for_the_other(evidence):
    """Of two coroutines that note three lines each, with nothing in between, one breaks in upon the other."""
    found = every_order(numbers, letters)
    show_orders(evidence, "two coroutines that never await", found)

    assert found.exhausted
    assert broken_off(found.outcomes)


def test_without_await_there_are_two_orders(evidence):
    """Every order has been tried, and in each of the two that there are one coroutine comes wholly before the other."""
    found = every_order(numbers, letters)
    show_orders(evidence, "all orders", found)

    assert found.exhausted
    assert dict(found.outcomes) == {"123xyz": 1, "xyz123": 1}


def test_await_of_what_is_there_is_no_stop():
    """A coroutine that awaits another which does not wait either is not broken off there."""
    found = every_order(task_that_awaits(noted), letters)

    assert found.exhausted
    assert broken_off(found.outcomes) == []


def test_loop_runs_one_after_the_other(run_async):
    """In an event loop two such tasks run in the order in which they were made, each from beginning to end."""
    log = []
    run_async(grouped(numbers(log), letters(log)))

    assert "".join(log) == "123xyz"


def test_cancelling_waits_for_the_next_await(run_async):
    """A task that is cancelled while it runs goes on to its next await, and stops there."""
    log = []

    async def cancelled():
        cancel_this_task()
        log.append("goes on")
        await asyncio.sleep(0)
        log.append("never comes to this")

    async def ask():
        task = asyncio.create_task(cancelled())
        await asyncio.wait([task])
        return task.cancelled()

    assert run_async(ask())
    assert log == ["goes on"]


@needs(has_threads)
def test_threads_are_broken_off_anywhere(evidence):
    """Two threads that note the same lines can be broken off after each: all twenty orders of the six lines occur."""
    threads = [partial(note_in_thread, NUMBERS), partial(note_in_thread, LETTERS)]
    found = explore(list, threads, lambda _: True, observe="".join)
    evidence.figures("orders of two threads", {"of the steps": found.schedules, "of the lines": len(found.outcomes)})

    assert found.exhausted
    assert set(found.outcomes) == orders_by_hand((NUMBERS, NUMBERS), (LETTERS, LETTERS))


@saboteur(caught_by=test_one_is_broken_off_for_the_other, restores=True)
def coroutines_that_stop_after_every_line(patch):
    """Each coroutine lets others run after every line."""
    patch.here(numbers=task_of(NUMBERS, NUMBERS), letters=task_of(LETTERS, LETTERS))


@saboteur(caught_by=test_without_await_there_are_two_orders)
def coroutine_that_stops_once(patch):
    """One of them lets others run after its second line."""
    patch.here(numbers=task_of(NUMBERS, "2"))


@saboteur(caught_by=test_await_of_what_is_there_is_no_stop)
def await_that_always_stops(patch):
    """What is awaited lets others run, although it is there."""
    patch.here(noted=coroutine_stops.note_line_and_stop)


@saboteur(caught_by=test_loop_runs_one_after_the_other)
def loop_that_runs_the_newest_first(patch):
    """The loop runs the task first that was made last."""
    patch.loop(loop_broken.NewestFirst)


@saboteur(caught_by=test_cancelling_waits_for_the_next_await)
def cancelling_at_once(patch):
    """Whoever is cancelled stops on the spot."""
    patch.here(cancel_this_task=coroutine_stops.stop_this_task)


@saboteur(caught_by=test_threads_are_broken_off_anywhere)
def threads_that_note_all_at_once(patch):
    """A thread notes its three lines in one step."""
    patch.here(note_in_thread=lambda lines, log: log.append(lines))
