"""In a single thread coroutines come to their turns by turns, thousands of times a second, where they give way."""

import sys

from spec.async_io.loop_broken import NewestFirst
from spec.async_io.web_turns import alternations_in, give_way, go_on, written_by
from spec.support import Claim, Holds, measured, saboteur
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="协程虽然都在一个线程里，但只要各自让出，就能一段接一段地飞快轮换，每秒可达成千上万次。",
    decides={"aiohttp.fast-alternation": 725},
    ruling=Holds(),
)

TIMES = 500
MANY = 5.0

pause, no_pause = give_way, go_on


def sampled(run_async):
    """Yield how many turns two coroutines have in one switch interval of the processor's time, again and again."""
    for _ in range(20):
        yield Sample(run_async(alternations_in(sys.getswitchinterval())))


samples = sampled


def test_they_alternate_where_they_give_way(run_async):
    """Two coroutines that give way after each block run their blocks in strict alternation."""
    assert run_async(written_by("AB", TIMES, pause)) == "AB" * TIMES


def test_they_do_not_where_they_go_on(run_async):
    """Two coroutines that never give way run one after the other, whatever they await."""
    assert run_async(written_by("AB", TIMES, no_pause)) == "A" * TIMES + "B" * TIMES


@measured
def test_they_alternate_faster_than_busy_threads(run_async, evidence):
    """While the interpreter would let one busy thread have a single turn, two coroutines have more than five."""
    assert decide(samples(run_async), "turns in one switch interval", evidence, threshold=MANY)


@saboteur(caught_by=test_they_alternate_where_they_give_way)
def coroutines_that_keep_their_turn(patch):
    """The coroutines give way to nobody."""
    patch.here(pause=go_on)


@saboteur(caught_by=test_they_alternate_where_they_give_way)
def loop_with_the_newest_first(patch):
    """The loop runs what came last."""
    patch.loop(NewestFirst)


@saboteur(caught_by=test_they_do_not_where_they_go_on)
def awaits_that_give_way(patch):
    """Every await gives way."""
    patch.here(no_pause=give_way)


@saboteur(caught_by=test_they_alternate_faster_than_busy_threads)
def coroutines_as_slow_as_threads(patch):
    """A turn takes as long as a busy thread's."""
    patch.here(samples=recorded(*[1.0] * 6))
