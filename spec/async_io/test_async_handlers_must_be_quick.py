"""Every handler has to return soon, because all messages behind its own wait for as long as it takes."""

import logging

import pytest
from hypothesis import strategies as st

from concurrency_lib import _message_handlers
from concurrency_lib._message_handlers import Handlers
from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_broken, messages_running
from spec.support import Claim, Holds, saboteur
from spec.support.evidence import Lane, Span
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="每个处理函数都要尽快返回，因为排在后面的消息全都要等它。",
    decides={"async.handlers-must-be-quick": 529},
    ruling=Holds(),
)


def handled(durations, **options):
    """Post a message for each duration, whose handler takes as long; return when each began, and when it ended."""
    now, spans = [0], []

    def take(seconds):
        now.append(now[-1] + seconds)
        spans.append((now[-2], now[-1]))
        if seconds == 13:
            raise ValueError("thirteen")

    with MessageLoop(clock=lambda: now[-1], **options) as loop:
        loop.on("task", take)
        for seconds in durations:
            loop.post("task", seconds)
        loop.stop()
        messages_running.run(loop)
    return spans


def test_a_message_waits_for_all_before_it(evidence):
    """For any handlers, a message is handled after exactly the sum of the times that those before it take."""
    spans = handled([3, 1, 4], slow_after=100)
    rows = [Lane(f"message {number}", [Span("handled", *span)]) for number, span in enumerate(spans, 1)]
    evidence.timeline("three messages posted at 0 s", rows)

    @for_any(st.lists(st.integers(0, 12), max_size=8), examples=20)
    def begins_when_all_others_have_ended(durations):
        begun = [began for began, _ in handled(durations, slow_after=100)]
        assert begun == [sum(durations[:number]) for number in range(len(durations))]


def test_slow_handlers_are_reported():
    """A handler that took longer than it may is reported with its message and its time, also if it raised."""
    told = []
    raised = raised_by(handled, [2, 5, 6, 13, 0], slow_after=5, slow=lambda *what: told.append(what))

    assert told == [("task", 6), ("task", 13)]
    assert isinstance(raised, ExceptionGroup)


def test_slow_handlers_are_in_the_log():
    """By default the log has a warning for a handler that took more than a tenth of a second."""
    told, listener = [], logging.Handler(logging.WARNING)
    listener.emit = lambda record: told.append(record.getMessage())
    logging.getLogger("concurrency_lib.message_loop").addHandler(listener)
    try:
        handled([0.125, 0.0625])
    finally:
        logging.getLogger("concurrency_lib.message_loop").removeHandler(listener)

    assert told == ["the handler of 'task' took 0.125 s"]


@pytest.mark.parametrize("report", ["slow", "failed"])
def test_a_report_can_end_the_loop(report):
    """What the report of a slow handler, or of one that failed, raises ends the loop at once, and `run` raises it."""
    told = []

    def give_up(name, seconds_or_error):
        told.append((name, seconds_or_error))
        raise TimeoutError(name)

    raised = raised_by(handled, [2, 13, 7, 13], **{"slow_after": 5, "failed": print, report: give_up})

    assert isinstance(raised, TimeoutError)
    assert [name for name, _ in told] == ["task"]


@saboteur(caught_by=test_a_message_waits_for_all_before_it)
def shortest_first(patch):
    """The queue is sorted: what takes little is handled first."""
    patch.setattr(MessageLoop, "_next", messages_broken.take_the_smallest)


@saboteur(caught_by=test_slow_handlers_are_reported)
def report_of_what_succeeded(patch):
    """A handler that raises is not timed."""
    patch.setattr(Handlers, "handle", messages_broken.handle_and_time_what_succeeds)


@saboteur(caught_by=test_slow_handlers_are_in_the_log)
def log_that_is_not_written(patch):
    """The warning is left out."""
    patch.setattr(_message_handlers.logger, "warning", lambda *_: None)


@saboteur(caught_by=test_a_report_can_end_the_loop)
def report_that_cannot_fail(patch):
    """Whatever a report raises is dropped."""
    patch.setattr(Handlers, "handle", messages_broken.handle_whatever_the_report_does)
