"""An asyncio loop is a message loop: it takes one callback after another, in the order in which they were posted."""

from collections import deque
from contextlib import closing

from hypothesis.strategies import builds, integers, lists, recursive

from spec.async_io.clockwork import Clockwork
from spec.async_io.loop_broken import AtOnce, LatestTimerFirst, NewestFirst
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="asyncio 的循环就是一个消息循环：按投递的先后，一次取出一个回调来执行。",
    decides={"asyncio.message-loop-model": 637},
    ruling=Holds(),
)

# A message is the list of those that are posted while it is handled.
MESSAGES = lists(recursive(builds(list), lambda inner: lists(inner, max_size=3), max_leaves=10), max_size=4)

own_clock = Clockwork


def names_in_turn(messages):
    """Return the order of a queue: all that were posted before go first."""
    queue, order = deque((str(number), each) for number, each in enumerate(messages)), []
    while queue:
        name, posts = queue.popleft()
        order.append(name)
        queue.extend((f"{name}.{number}", each) for number, each in enumerate(posts))
    return order


def run_until_idle(loop, messages):
    """Post messages to a loop; return the order in which it begins to handle, and how many at once at the most."""
    began, under_way = [], [0]

    def handle(name, posts):
        began.append(name)
        under_way.append(under_way[-1] + 1)
        post(posts, f"{name}.")
        under_way.append(under_way[-1] - 1)

    def post(posts, prefix=""):
        for number, each in enumerate(posts):
            loop.call_soon(handle, f"{prefix}{number}", each)

    loop.call_soon(post, messages)
    for _ in ["", *names_in_turn(messages)]:  # more rounds than there can be messages within messages
        loop.call_soon(loop.stop)
        loop.run_forever()
    return began, max(under_way)


def test_any_messages_are_handled_in_turn(loop_factory):
    """Whatever callbacks post others while they run, each runs after all that were posted before it."""
    with closing(loop_factory()) as loop:

        @for_any(MESSAGES, examples=20)
        def in_turn(messages):
            assert run_until_idle(loop, messages)[0] == names_in_turn(messages)


def test_one_message_at_a_time(loop_factory, evidence):
    """A callback that posts another one ends before the other begins."""
    with closing(loop_factory()) as loop:
        began, at_once = run_until_idle(loop, [[[], []], []])
    evidence.figures("callbacks, in their order", {name: place + 1 for place, name in enumerate(began)})

    assert began == ["0", "1", "0.0", "0.1"]
    assert at_once == 1


def test_timers_fire_in_the_order_of_their_times():
    """Whatever order timers are set in, they fire at their times, the earlier first."""

    @for_any(lists(integers(1, 50), min_size=2, max_size=8, unique=True), examples=10)
    def in_order(seconds):
        fired = []
        with closing(own_clock()) as loop:
            for each in seconds:
                loop.call_later(each, lambda each=each: fired.append((each, loop.time())))
            loop.call_later(60, loop.stop)
            loop.run_forever()
        assert fired == [(each, each) for each in sorted(seconds)]


@saboteur(caught_by=test_any_messages_are_handled_in_turn)
def newest_first(patch):
    """The loop takes what came last."""
    patch.loop(NewestFirst)


@saboteur(caught_by=test_one_message_at_a_time)
def messages_within_messages(patch):
    """The loop handles a message in the call that posts it."""
    patch.loop(AtOnce)


@saboteur(caught_by=test_timers_fire_in_the_order_of_their_times)
def latest_timer_first(patch):
    """The timer with the longest time fires first."""
    patch.here(own_clock=LatestTimerFirst)
