"""A program with a window takes keys, clicks and the like out of one queue, and handles them in one thread."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from concurrency_lib._message_handlers import Handlers
from concurrency_lib.message_loop import MessageLoop, UnknownMessage
from spec.async_io import messages_broken, messages_modelled, messages_running
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.together import together

claim = Claim(
    zh="带窗口的程序从一个队列里取出按键、点击等消息，并在同一个线程里处理。",
    decides={"async.gui-model": 527},
    ruling=HoldsIf(
        condition="the main thread is the one that runs the window's loop, as toolkits advise and macOS demands",
        because="what toolkits share is one queue and one thread that handles, so that handlers need no locks among "
        "themselves; which thread that is, is the program's choice with some of them. Specified here is the model, "
        "without a screen",
        correction=Text(
            en="Keys and clicks from wherever are handled one at a time, in the order in which they came, in the "
            "thread that runs the loop. Other threads post to it, and leave the window alone.",
            zh="无论来自哪里，按键和点击都按到达的顺序，一次一个，在运行循环的线程里处理。其他线程只投递消息，不碰窗口。",
        ),
        references=[
            "https://docs.python.org/3/library/tkinter.html#threading-model",
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
        ],
    ),
    needs=[has_threads],
)

DEVICES = ["keyboard", "mouse", "network"]


def test_messages_of_all_devices_are_handled_in_one_thread(evidence):
    """Messages that three threads post are handled by a fourth, one at a time, those of each in their order."""
    handled, handling = [], []

    def handle(device, number):
        handling.append(device)
        handled.append((device, number, threading.get_ident(), len(handling)))
        handling.pop()

    with MessageLoop() as loop:
        loop.on("event", handle)
        with together(*[partial(post_many, loop, device) for device in DEVICES]) as posting:
            for each in posting:
                each.end()
        loop.stop()
        messages_running.run(loop)
    evidence.figures("handled", {device: sum(by == device for by, *_ in handled) for device in DEVICES})

    for device in DEVICES:
        assert [number for by, number, *_ in handled if by == device] == [*range(20)]
    assert {(ident, at_once) for _, _, ident, at_once in handled} == {(threading.get_ident(), 1)}


def post_many(loop, device):
    for number in range(20):
        loop.post("event", device, number)


def test_any_script_runs_as_the_model_says():
    """Whatever handlers post, here or from another thread, raise or stop, a model tells what is handled and refused."""
    with ThreadPoolExecutor(1) as another_thread:

        @for_any(messages_modelled.scripts, examples=20)
        def runs_as_modelled(script):
            expected = messages_modelled.as_expected(script)
            played = messages_modelled.Played(script, len(expected.handled), another_thread)
            assert played.outcome == expected


def test_a_message_without_a_handler_is_refused():
    """A message that nothing handles is refused where it is posted or watched for, and the refusal names it."""
    with MessageLoop() as loop:
        loop.on("known", int)
        raised = [raised_by(loop.post, "unknown"), raised_by(loop.watch, 0, "unknown")]

    assert [type(error) for error in raised] == [UnknownMessage] * 2
    assert all("'unknown'" in str(error) and "'known'" in str(error) for error in raised)


def test_a_message_has_one_handler():
    """A second handler for the same messages is refused."""
    with MessageLoop() as loop:
        loop.on("note", int)

        assert isinstance(raised_by(loop.on, "note", str), ValueError)


@saboteur(caught_by=test_messages_of_all_devices_are_handled_in_one_thread)
def handlers_in_threads_of_their_own(patch):
    """Each message is handled in a thread that is made for it."""
    patch.setattr(Handlers, "handle", messages_broken.handle_in_a_thread)


@saboteur(caught_by=test_any_script_runs_as_the_model_says)
def posts_from_elsewhere_first(patch):
    """What another thread posts is put before everything else."""
    patch.setattr(MessageLoop, "post", messages_broken.post_first_from_elsewhere)


@saboteur(caught_by=test_a_message_without_a_handler_is_refused)
def handlers_that_accept_everything(patch):
    """Every message is taken for known."""
    patch.setattr(Handlers, "check", lambda *_: None)


@saboteur(caught_by=test_a_message_has_one_handler)
def handlers_that_are_replaced(patch):
    """The last handler is the one that counts."""
    patch.setattr(Handlers, "add", lambda *_: None)
