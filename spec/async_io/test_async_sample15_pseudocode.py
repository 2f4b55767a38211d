"""A message loop is a program that ends and survives its handlers; the document's outline of one names nothing real."""

from concurrency_lib._message_handlers import Handlers
from concurrency_lib.message_loop import LoopStopped, MessageLoop
from spec.async_io import messages_broken, messages_broken_loops, messages_running
from spec.async_io.messages_failing import interruption_of, loop_of_failures
from spec.async_io.messages_outlined import OUTLINE, with_its_names
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="真正的消息循环会结束，处理函数出错也不会垮掉；文档里那段骨架所用的名字却都不存在。",
    decides={"async.sample15-pseudocode": (520, 525)},
    ruling=Refuted(
        because="the three calls of the outline are defined nowhere: the first ends it with a NameError, and asyncio's "
        "loops, which that name suggests, hand out no events. As an outline it also never ends, and ends with the "
        "first handler that raises",
        correction=Text(
            en="Read the outline as a drawing. A loop that can be used knows which handler a message is for, stops "
            "when it is told to, and goes on when a handler raises without hiding it.",
            zh="把那段骨架当作示意图看即可。真正能用的循环要知道消息该交给谁处理，收到停止的要求就停，处理函数抛出异常时"
            "既不中断，也不隐瞒。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-eventloop.html",
            "https://docs.python.org/3/library/selectors.html#examples",
        ],
    ),
)


@documents_word(ends_in=NameError, match="get_event_loop")
def test_the_outline_runs():
    """The outline of a message loop runs as it stands."""
    exec(compile(OUTLINE.source, OUTLINE.name, "exec"), {})  # the program's text is the claim's own


def test_loops_of_asyncio_hand_out_no_events(loop_factory):
    """A loop of asyncio runs callbacks; it has no call that returns the next event, or that handles one."""
    loop = loop_factory()
    loop.close()

    assert not hasattr(loop, "get_event")
    assert not hasattr(loop, "process_event")


def test_every_message_is_handled_in_order(evidence):
    """The library's loop hands each message to the handler of its name, in the order in which they were posted."""
    posted = [("key", "a"), ("click", 3, 4), ("key", "b")]
    handled = messages_running.handled_by_name(posted)
    evidence.figures("handled", {f"{at}.": " ".join(map(str, what)) for at, what in enumerate(handled, 1)})

    assert handled == posted


def test_a_loop_that_is_stopped_ends():
    """When a handler stops the loop, what was posted before is still handled, and nothing more can be posted."""
    log = []

    def stop():
        loop.stop()
        log.extend(type(raised_by(call, *args)) for call, *args in [(loop.post, "note", 2), (loop.watch, 0, "note")])

    with MessageLoop() as loop:
        loop.on("note", log.append)
        loop.on("stop", stop)
        loop.post("stop")
        loop.post("note", 1)
        messages_running.run(loop)

    assert log == [LoopStopped, LoopStopped, 1]


def test_a_handler_that_raises_ends_nothing():
    """When handlers raise, all messages are handled, and then `run` raises every error, with a note of its message."""
    errors = [ValueError("first"), KeyError("second")]
    loop, handled = loop_of_failures(*errors)
    with loop:
        raised = raised_by(messages_running.run, loop)

    assert handled == [0, 1, 2]
    assert isinstance(raised, ExceptionGroup)
    assert [*raised.exceptions] == errors
    assert all("'note'" in error.__notes__[-1] for error in errors)


def test_a_failure_can_be_told_at_once():
    """A loop that is given a function for failures calls it for each as it happens, and raises none at its end."""
    told, errors = [], [ValueError("first"), KeyError("second")]
    loop, handled = loop_of_failures(*errors, failed=lambda *failure: told.append((*failure, len(handled))))
    with loop:
        raised = raised_by(messages_running.run, loop)

    assert told == [("note", errors[0], 1), ("note", errors[1], 2)]
    assert raised is None


def test_an_interruption_ends_the_loop_at_once():
    """A KeyboardInterrupt in a handler leaves the loop at once, with what handlers raised before as its cause."""
    errors = [ValueError("first"), KeyboardInterrupt()]
    loop, handled = loop_of_failures(*errors)
    interruption = interruption_of(loop)

    assert handled == [0, 1]
    assert interruption is errors[1]
    assert isinstance(interruption.__cause__, ExceptionGroup)
    assert [*interruption.__cause__.exceptions] == errors[:1]


@saboteur(caught_by=test_the_outline_runs, restores=True)
def outline_with_its_names(patch):
    """What the outline calls is there, and its messages come to an end."""
    patch.here(OUTLINE=with_its_names(OUTLINE))


@saboteur(caught_by=test_loops_of_asyncio_hand_out_no_events)
def loop_with_events(patch):
    """The loops have the calls of the outline."""
    patch.loop(messages_broken_loops.WithEvents)


@saboteur(caught_by=test_every_message_is_handled_in_order)
def messages_from_the_wrong_end(patch):
    """The queue gives out its newest message."""
    patch.setattr(MessageLoop, "_next", messages_broken.take_the_newest)


@saboteur(caught_by=test_a_loop_that_is_stopped_ends)
def stop_that_forgets(patch):
    """Stopping a loop drops what was posted before."""
    patch.setattr(MessageLoop, "stop", messages_broken.stop_and_forget)


@saboteur(caught_by=test_a_handler_that_raises_ends_nothing)
def failure_that_is_not_kept(patch):
    """What handlers raised is forgotten by the end."""
    patch.setattr(Handlers, "failures", lambda _: None)


@saboteur(caught_by=test_a_failure_can_be_told_at_once)
def failures_told_at_the_end(patch):
    """Failures are kept for the end, whatever the loop is given."""
    patch.setattr(MessageLoop, "__init__", messages_broken.deaf_to_failures)


@saboteur(caught_by=test_an_interruption_ends_the_loop_at_once)
def interruption_without_a_cause(patch):
    """An interruption has everything else forgotten."""
    patch.setattr(Handlers, "failures", lambda _: None)
