"""The system interrupts a thread wherever it is; a coroutine gives way only where its author wrote an await."""

import asyncio
from pathlib import Path
from threading import Event

from spec.async_io.loop_broken import NewestFirst
from spec.async_io.web_turns import busy, busy_with_pauses, give_way, spin_until, waiting_in_a_thread, written_by
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_proc, has_threads
from spec.threads.together import together

claim = Claim(
    zh="线程走到哪里都可能被系统打断；协程只在作者写了 await 的地方才会让出。",
    decides={"aiohttp.coroutine-is-scheduling": 725},
    ruling=HoldsIf(
        condition="it is where a coroutine gives way that its author decides, and not who has the next turn",
        because="between two awaits nothing comes in; but which of the coroutines that are ready goes on is the event "
        "loop's choice, and another loop may choose otherwise",
        correction=Text(
            en="Authors of coroutines decide where they may stop, the event loop decides which goes on, and the system "
            "schedules the thread in which all of this happens.",
            zh="协程在哪里可以停，由作者决定；接下来轮到谁，由事件循环决定；而承载这一切的那个线程，仍归操作系统调度。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
            "https://docs.python.org/3/library/asyncio-eventloop.html",
        ],
    ),
)

TURNS = 100_000
TASKS = 1000

OTHER_LOOP = NewestFirst
computing = busy
waiting = asyncio.sleep


def threads():
    return {path.name for path in Path("/proc/self/task").iterdir()}


def beat(heart_beat):
    heart_beat.set()


@needs(has_threads)
def test_a_busy_thread_is_interrupted():
    """While a thread does nothing but compute, another thread has its turn."""
    heart_beat = Event()
    with together(lambda: spin_until(heart_beat), lambda: beat(heart_beat)) as (busy_thread, _):
        assert busy_thread.value()


def test_a_busy_coroutine_is_not(run_async, evidence):
    """While a coroutine computes no other has a turn, and the first await lets one in."""

    async def beats_seen():
        beats = []
        asyncio.get_running_loop().call_soon(beats.append, "a beat")
        meanwhile = await computing(beats, TURNS)
        await give_way()
        return meanwhile, len(beats)

    meanwhile, afterwards = run_async(beats_seen())
    evidence.figures("turns of another", {"while one computes": meanwhile, "after its await": afterwards})

    assert (meanwhile, afterwards) == (0, 1)


@needs(has_proc)
def test_the_system_knows_of_no_coroutine(run_async, evidence):
    """A thousand coroutines under way make no thread, nor anything else that the system would have to schedule."""

    async def counted():
        before = threads()
        tasks = [asyncio.ensure_future(waiting(3600)) for _ in range(TASKS)]
        await give_way()
        under_way, more = len(asyncio.all_tasks()) - 1, len(threads() - before)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        return under_way, more

    under_way, more = run_async(counted())
    evidence.figures("what the system schedules", {"coroutines": under_way, "threads more than before": more})

    assert under_way >= TASKS
    assert more == 0


def test_the_loop_chooses_who_goes_on(run_async, evidence):
    """The same three coroutines have their turns in one order in one event loop, and in another order in another."""
    usual = run_async(written_by("ABC", 2, give_way))
    with asyncio.Runner(loop_factory=OTHER_LOOP) as runner:
        other = runner.run(written_by("ABC", 2, give_way))
    evidence.figures("turns of three coroutines", {"in this loop": usual, "where the newest goes first": other})

    assert sorted(usual) == sorted(other) == list("AABBCC")
    assert usual != other


@saboteur(caught_by=test_a_busy_thread_is_interrupted, hangs=True)
def thread_that_has_no_turn(patch):
    """The other thread is never let in."""
    patch.here(beat=lambda _: None)


@saboteur(caught_by=test_a_busy_coroutine_is_not)
def coroutine_that_gives_way(patch):
    """The coroutine that was only to compute awaits besides."""
    patch.here(computing=busy_with_pauses)


@saboteur(caught_by=test_the_system_knows_of_no_coroutine)
def coroutines_with_threads(patch):
    """Each coroutine waits in a thread."""
    patch.here(waiting=waiting_in_a_thread, TASKS=2)


@saboteur(caught_by=test_the_loop_chooses_who_goes_on)
def loops_that_choose_alike(patch):
    """The other loop is of the same kind."""
    patch.here(OTHER_LOOP=asyncio.SelectorEventLoop)
