"""As long as handlers are quick, the queue of messages adds no delay that anybody would notice."""

import time

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running
from spec.support import Claim, Opinion, measured, saboteur
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="只要处理函数够快，消息队列带来的延迟没有人察觉得到。",
    decides={"async.gui-fast-no-delay": 529},
    ruling=Opinion(
        because="what somebody notices is theirs to say, and what a window's handlers do is its program's; what can be "
        "measured is what the queue and the loop add, for which a hundredth of a second is a generous limit",
    ),
)

MESSAGES, UNNOTICED = 100, 10.0  # how many, and ms


def processor_time():
    """Return how long the last of many small messages is on its way, by the processor time of its thread, in ms."""
    began, handled = time.thread_time(), []
    with MessageLoop() as loop:
        loop.on("key", lambda _: handled.append(time.thread_time()))
        for number in range(MESSAGES):
            loop.post("key", number)
        loop.stop()
        messages_running.run(loop)
    return 1000 * (handled[-1] - began)


def sampled():
    """Yield what it takes, again and again."""
    for _ in range(20):
        yield Sample(processor_time())


samples = sampled


@measured
def test_a_hundred_messages_are_soon_handled(evidence):
    """The last of a hundred messages is handled after less than ten milliseconds of the processor's time."""
    assert not decide(samples(), "a hundred small messages", evidence, threshold=UNNOTICED, unit="ms")


@saboteur(caught_by=test_a_hundred_messages_are_soon_handled)
def loop_that_dawdles(patch):
    """The loop spends a millisecond on every message."""
    patch.here(samples=recorded(*[100.0] * 6))
