"""Asynchronous code gets on only while a loop takes one thing after the other that is to be done, and does it."""

import pytest

from concurrency_lib import message_loop
from concurrency_lib.message_loop import LoopStopped, MessageLoop
from spec.async_io import messages_broken, messages_broken_loops, messages_running
from spec.async_io.messages_run_again import run_again_when_it_has_run, run_again_while_it_runs, run_when_closed
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import wait_until
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="异步代码要靠一个循环来推动：循环不断取出待办的事，一件件做完；没有循环，就什么也不会发生。",
    decides={"async.needs-message-loop": 518},
    ruling=Holds(),
)


def test_tasks_do_nothing_without_their_loop(loop_factory):
    """Tasks of asyncio that are made and not run do nothing, and a single round of their loop runs all of them."""
    done = []

    async def work(number):
        done.append(number)

    loop = loop_factory()
    try:
        tasks = [loop.create_task(work(number)) for number in range(3)]
        before = list(done)
        loop.call_soon(loop.stop)
        loop.run_forever()
    finally:
        loop.close()

    assert before == []
    assert done == [0, 1, 2]
    assert all(task.done() for task in tasks)


def test_messages_lie_until_the_loop_runs(evidence):
    """Messages that are posted to the library's loop are handled when it runs, and none of them before."""
    handled = []
    with MessageLoop() as loop:
        loop.on("note", handled.append)
        for number in range(3):
            loop.post("note", number)
        before = list(handled)
        loop.stop()
        messages_running.run(loop)
    evidence.figures("messages handled", {"before the loop ran": len(before), "afterwards": len(handled)})

    assert (before, handled) == ([], [0, 1, 2])


def test_a_message_has_a_round_of_its_own():
    """A message that a handler posts is handled after that handler has returned, and after what was posted before."""
    log = []

    def first():
        loop.post("third")
        log.append("first ends")

    def third():
        log.append("third")
        loop.stop()

    with MessageLoop() as loop:
        loop.on("first", first)
        loop.on("second", lambda: log.append("second"))
        loop.on("third", third)
        loop.post("first")
        loop.post("second")
        messages_running.run(loop)

    assert log == ["first ends", "second", "third"]


@needs(has_threads)
def test_a_message_wakes_the_loop():
    """A loop that waits for a message goes on when another thread posts one, each time."""
    handled = []
    with MessageLoop() as loop, messages_running.in_time(loop):
        loop.on("note", handled.append)
        with together(loop.run, at_end=loop.stop):
            for number in range(5):
                loop.post("note", number)
                wait_until(lambda: len(handled) > number, f"the handling of message {number}")  # noqa: B023

    assert handled == [*range(5)]


def test_a_loop_that_is_closed_handles_nothing():
    """A loop that is closed before it runs drops its messages, and takes no more."""
    handled = []
    with MessageLoop() as loop:
        loop.on("note", handled.append)
        loop.post("note", 1)
    refusal = raised_by(loop.post, "note", 2)

    assert handled == []
    assert isinstance(refusal, LoopStopped)


@pytest.mark.parametrize("run", [run_again_while_it_runs, run_again_when_it_has_run, run_when_closed])
def test_a_message_loop_runs_once(run):
    """A message loop refuses to run while it runs, when it has run, and when it was closed before it ran."""
    with MessageLoop() as loop:
        refusal = run(loop)

    assert type(refusal) is RuntimeError


@saboteur(caught_by=test_tasks_do_nothing_without_their_loop)
def tasks_done_at_once(patch):
    """A task is done by whoever makes it, there and then."""
    patch.loop(messages_broken_loops.AtOnce)


@saboteur(caught_by=test_messages_lie_until_the_loop_runs)
def post_that_handles(patch):
    """Posting a message has it handled."""
    patch.setattr(MessageLoop, "post", messages_broken.handle_at_once)


@saboteur(caught_by=test_a_message_has_a_round_of_its_own)
def newest_message_first(patch):
    """The message that was posted last is handled first."""
    patch.setattr(message_loop, "deque", messages_broken.Stack)


@saboteur(caught_by=test_a_message_wakes_the_loop, hangs=True)
def post_that_wakes_nobody(patch):
    """A message is put into the queue, and nobody is told."""
    patch.setattr(MessageLoop, "post", messages_broken.post_unheard)


@saboteur(caught_by=test_a_message_loop_runs_once)
def loop_that_starts_afresh(patch):
    """A loop that is told to run again does nothing."""
    patch.setattr(MessageLoop, "run", messages_broken.run_or_do_nothing)


@saboteur(caught_by=test_a_loop_that_is_closed_handles_nothing)
def close_that_runs(patch):
    """Closing a loop has it handle what was posted."""
    patch.setattr(MessageLoop, "close", messages_broken.stop_and_run)
