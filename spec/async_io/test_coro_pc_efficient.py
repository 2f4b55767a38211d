"""Handing items to a generator costs a small part of what it costs to hand them to another thread by a queue."""

from functools import partial

from spec.async_io.generator_pairs import Turns
from spec.async_io.generator_waits import hand_to_generator, hand_to_thread, while_it_waits
from spec.async_io.targets import generator_costs
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, HoldsIf, Text, measured, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.deadlines import happens_in_a_while, wait_until
from spec.support.evidence import Axis, Line
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="把数据交给生成器处理，比用队列交给另一个线程处理便宜得多。",
    decides={"coro.pc-efficient": 592},
    ruling=HoldsIf(
        condition="handing over is most of what there is to do, and neither side waits for anything else",
        because="what is saved is the switch alone: where each item takes a millisecond of computing, the difference "
        "is lost in it; and a generator that waits for a disk or a network keeps its producer waiting as well, where "
        "threads and a queue would let it go on",
        correction=Text(
            en="Use generators to connect steps of a computation; where a side waits, use threads, or asyncio.",
            zh="生成器适合把计算的各个步骤串起来；如果某一方需要等待外部事件，就该用线程或 asyncio。",
        ),
        references=[
            "https://docs.python.org/3/howto/functional.html#passing-values-into-a-generator",
            "https://docs.python.org/3/library/queue.html",
        ],
    ),
    needs=[has_threads],
)

ITEMS = 200
TIMES = "times the processor time"

samples = sampled_in
by_generator, by_thread = hand_to_generator, hand_to_thread


@measured
@needs(can_fork)
def test_answer_by_answer_threads_cost_twenty_times_as_much(clean_room, evidence):
    """Item by item, two threads with queues take over twenty times the processor time of a generator."""
    lines = clean_room.run(generator_costs.per_item, [10, 30, 100, 300])
    series = [Line(name.replace("_", " "), points) for name, points in lines.items()]
    evidence.series("handing over", Axis("items"), Axis("processor time an item", "µs"), series)
    compare = partial(generator_costs.threads_by_generators, "by_queues", ITEMS)
    ratios = samples(clean_room, evidence, "two threads and a generator", "µs an item", compare)

    assert decide(ratios, "two threads by a generator", evidence, threshold=20, unit=TIMES)


@measured
@needs(can_fork)
def test_running_ahead_threads_still_cost_five_times_as_much(clean_room, evidence):
    """Even where the producer does not wait for answers, threads with queues take over five times as much."""
    compare = partial(generator_costs.threads_by_generators, "by_queue_ahead", ITEMS)
    ratios = samples(clean_room, evidence, "two threads that run ahead and a generator", "µs an item", compare)

    assert decide(ratios, "threads that run ahead by a generator", evidence, threshold=5, unit=TIMES)


@measured
@needs(can_fork)
def test_work_hides_the_difference(clean_room, evidence):
    """Where each answer takes a millisecond of computing, threads take less than three times as much."""
    compare = partial(generator_costs.with_work, 20)
    ratios = samples(clean_room, evidence, "threads and a generator with work to do", "µs an item", compare)

    assert not decide(ratios, "threads by a generator, with work", evidence, threshold=3, unit=TIMES)


def test_waiting_generator_keeps_its_producer(evidence):
    """While a generator waits for something else, its producer makes nothing, for it waits for the generator."""
    turns = Turns()
    meanwhile = while_it_waits(turns, by_generator, happens_in_a_while)
    turns.show(evidence, "a generator that waits")

    assert not meanwhile
    assert turns.of("producer") == ["makes 1", "makes 2"]


def test_waiting_thread_lets_its_producer_go_on(evidence):
    """While a thread at the other end of a queue waits in the same way, the producer makes the next item."""
    turns = Turns()
    meanwhile = while_it_waits(turns, by_thread, partial(wait_until, what="the second item"))
    turns.show(evidence, "a thread that waits")

    assert meanwhile
    assert turns.of("consumer")[-1] == "is done with 2"


@saboteur(caught_by=test_answer_by_answer_threads_cost_twenty_times_as_much)
def generator_as_dear_as_threads(patch):
    """Handing over to a generator costs what it costs to hand over to a thread."""
    patch.here(samples=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_running_ahead_threads_still_cost_five_times_as_much)
def threads_that_get_cheap(patch):
    """Threads that need not wait cost little more than a generator."""
    patch.here(samples=recorded(1.6, 2.1, 1.9, 1.4, 1.7, 2.2))


@saboteur(caught_by=test_work_hides_the_difference)
def difference_in_spite_of_work(patch):
    """Threads cost many times as much, however much work there is."""
    patch.here(samples=recorded(40.0, 44.0, 38.0, 41.0, 52.0, 47.0))


@saboteur(caught_by=test_waiting_generator_keeps_its_producer)
def generator_in_a_thread(patch):
    """The generator runs in a thread of its own, at the end of a queue."""
    patch.here(by_generator=hand_to_thread)


@saboteur(caught_by=test_waiting_thread_lets_its_producer_go_on, hangs=True)
def thread_that_is_none(patch):
    """Producer and consumer share one thread."""
    patch.here(by_thread=hand_to_generator)
