"""The thread that runs a loop is the one in which it was started, which need not be the main thread."""

import asyncio
import signal
import threading
from contextlib import asynccontextmanager

from concurrency_lib._message_handlers import Handlers
from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_broken, messages_broken_loops, messages_running
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="循环在哪个线程里启动，就由哪个线程来运行，不一定非得是主线程。",
    decides={"async.main-thread-runs-loop": 518},
    ruling=HoldsIf(
        condition="the main thread is the one that starts the loop",
        because="a loop runs in whichever thread calls it, and each thread may run one of its own; the main thread "
        "is special for signals alone, whose handlers run there",
        correction=Text(
            en="Any thread may run a loop. The main thread is the usual one, and the only one whose loop can be told "
            "of signals.",
            zh="任何线程都可以运行循环。通常由主线程来运行，而要让循环处理信号，也只能是主线程。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
            "https://docs.python.org/3/library/asyncio-eventloop.html#unix-signals",
        ],
    ),
    needs=[has_threads],
)


def start(function):
    """Call a function in another thread; return that thread, and what came of the call."""
    with together(function) as [running]:
        return running.thread, running.value()


async def which_thread():
    await asyncio.sleep(0)
    return threading.current_thread()


@asynccontextmanager
async def told_of_signals():
    """Have the event loop set what is yielded when a signal comes."""
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, heard.set)
    try:
        yield heard
    finally:
        loop.remove_signal_handler(signal.SIGUSR1)


async def hear_a_signal():
    async with told_of_signals() as heard:
        signal.raise_signal(signal.SIGUSR1)
        await heard.wait()
    return "heard"


async def ask_to_be_told():
    async with told_of_signals():
        pass


def thread_of_a_message():
    """Run a message loop here; return in which thread it had its message handled."""
    seen = []
    with MessageLoop() as loop:
        loop.on("who?", lambda: seen.append(threading.current_thread()))
        loop.post("who?")
        loop.stop()
        messages_running.run(loop)
    return seen[0]


def test_any_thread_runs_a_loop_of_asyncio(run_async, evidence):
    """A coroutine runs in the thread that runs its loop, be it the main thread or another."""
    here = run_async(which_thread())
    other, there = start(lambda: run_async(which_thread()))
    evidence.figures("a coroutine ran in", {"started here": here.name, "started there": there.name})

    assert here is threading.main_thread()
    assert there is other


def test_any_thread_runs_a_message_loop():
    """The library's loop has its messages handled in the thread that calls `run`."""
    here = thread_of_a_message()
    other, there = start(thread_of_a_message)

    assert (here, there) == (threading.current_thread(), other)


def test_a_loop_of_the_main_thread_hears_signals(run_async):
    """A loop of asyncio can be told of signals in the main thread, and refuses to be in any other."""
    heard = run_async(hear_a_signal())
    _, refusal = start(lambda: raised_by(run_async, ask_to_be_told()))

    assert heard == "heard"
    assert isinstance(refusal, RuntimeError | ValueError)


def in_the_same_thread(function):
    """Call a function, and make another thread for nothing."""
    return threading.Thread(target=function), function()


@saboteur(caught_by=test_any_thread_runs_a_loop_of_asyncio)
def loop_that_runs_here(patch):
    """Whatever is to run in another thread runs in the main thread."""
    patch.here(start=in_the_same_thread)


@saboteur(caught_by=test_any_thread_runs_a_message_loop)
def messages_handled_elsewhere(patch):
    """The library's loop makes a thread for each message."""
    patch.setattr(Handlers, "handle", messages_broken.handle_in_a_thread)


@saboteur(caught_by=test_a_loop_of_the_main_thread_hears_signals)
def signals_for_everybody(patch):
    """The loop of any thread takes a handler for a signal."""
    patch.loop(messages_broken_loops.SignalsAnywhere)
