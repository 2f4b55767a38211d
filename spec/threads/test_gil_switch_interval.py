"""A thread that waits for the interpreter lock asks for it when the switch interval is over, by default after 5 ms."""

from itertools import tee

import pytest
from hypothesis.strategies import floats, lists

from spec.support import Claim, HoldsIf, Text, documents_word, measured_alone, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.evidence import Axis, Line
from spec.support.measuring import decide, recorded
from spec.support.properties import for_any
from spec.threads.gil_samples import gaps_in_intervals, timed
from spec.threads.targets import gil_flips

claim = Claim(
    zh="等解释器锁的线程要等满切换间隔（默认 5 毫秒）才会请求让锁。",
    decides={"gil.switch-interval": 285},
    ruling=HoldsIf(
        condition=timed,
        because="with 5 ms asked for, two busy threads of CPython with its lock changed turns every 5.1 ms; PyPy "
        "takes the interval for a number of loops, so that turns of heavy ones last a multiple; without a lock "
        "threads meet thousands of times a second, whatever the interval",
        correction=Text(
            en="On PyPy the interval is converted into a count of loops; on a free-threaded build it has no effect.",
            zh="PyPy 把这个间隔折算成循环次数；在自由线程构建上，这个间隔不起作用。",
        ),
        references=[
            "https://docs.python.org/3/library/sys.html#sys.setswitchinterval",
            "https://docs.python.org/3/whatsnew/3.2.html#multi-threading",
        ],
    ),
    needs=[can_fork, has_threads],
)

DEFAULT = 0.005  # seconds
INTERVAL, SECONDS, WORK = 0.02, 0.11, 3000
INTERVALS = [0.001, 0.002, 0.004]

samples = gaps_in_intervals


@documents_word()
@measured_alone
def test_turn_lasts_about_an_interval(clean_room, evidence):
    """Of two busy threads each keeps its turn for about the interval, and the work that they do does not matter."""
    enough, too_much = tee(samples(clean_room, evidence, INTERVAL, SECONDS, WORK))

    assert decide(enough, "length of a turn, against 0.7", evidence, threshold=0.7, unit="intervals")
    assert not decide(too_much, "length of a turn, against 1.5", evidence, threshold=1.5, unit="intervals")


@needs(timed)
def test_no_turn_is_shorter(clean_room, evidence):
    """For intervals of 1, 2 and 4 ms, a thread that has lost its turn never gets it back before one is over."""
    runs = {interval: clean_room.run(gil_flips.flips, interval, 12 * interval) for interval in INTERVALS}
    found = [(1000 * interval, len(flips) / (12 * interval)) for interval, flips in runs.items()]
    bounds = [(1000 * interval, 1 / interval) for interval in INTERVALS]
    lines = [Line("found here", found), Line("one an interval", bounds)]
    evidence.series("turns of two busy threads", Axis("interval", "ms"), Axis("turns", "per second"), lines)

    assert all(
        later.moment - earlier.moment >= 0.95 * interval
        for interval, flips in runs.items()
        for earlier, later in zip(flips, flips[2:], strict=False)
    )


def test_interval_is_five_milliseconds_by_default(clean_room):
    """Unless a program sets it, the interval is said to be 5 ms."""
    assert clean_room.run(gil_flips.by_default) == pytest.approx(DEFAULT)


def test_interval_is_what_was_set(clean_room):
    """For any length of time from 10 microseconds to 10 seconds, the interval is told back as it was set."""

    @for_any(lists(floats(1e-5, 10), min_size=1, max_size=20), examples=5)
    def told_back(intervals):
        assert clean_room.run(gil_flips.told_back, intervals) == pytest.approx(intervals, abs=2e-6)


@saboteur(caught_by=test_turn_lasts_about_an_interval)
def turns_of_ten_intervals(patch):
    """A thread keeps its turn for ten intervals."""
    patch.here(samples=recorded(*[10.1] * 6))


@saboteur(caught_by=test_turn_lasts_about_an_interval, restores=True)
def turns_of_one_interval(patch):
    """The turns are timed by the clock."""
    patch.here(samples=recorded(*[1.03] * 6))


@saboteur(caught_by=test_no_turn_is_shorter)
def turns_that_are_cut_short(patch):
    """The threads change turns every tenth of a millisecond."""
    patch.in_child(gil_flips.turns_of_any_length)


@saboteur(caught_by=test_interval_is_five_milliseconds_by_default)
def interval_of_another_length(patch):
    """The interval is twice as long to begin with."""
    patch.in_child(gil_flips.interval_that_is_not_kept)


@saboteur(caught_by=test_interval_is_what_was_set)
def interval_that_is_not_kept(patch):
    """Whatever is set, the interval stays what it was."""
    patch.in_child(gil_flips.interval_that_is_not_kept)
