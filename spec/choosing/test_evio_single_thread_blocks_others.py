"""In a program with one thread, a call that waits for its input or output keeps everything else waiting as well."""

import pytest

from spec.choosing.targets import serving, serving_broken, serving_limits
from spec.choosing.targets.serving import KINDS
from spec.choosing.targets.serving_limits import BAD, TINY
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="单线程程序里，一个等待 IO 的调用会让其余的事情全都跟着等。",
    decides={"evio.single-thread-blocks-others": 408},
    ruling=HoldsIf(
        condition="the wait is a call that blocks",
        because="a thread can also ask to be told when something arrives, and do other work until then: an "
        "event loop does so, and a handler that awaits holds up its own client alone",
        correction=Text(
            en="Only a blocking call stops the rest of a single thread; a wait that an event loop watches does not, "
            "and a server that is built on one can keep any client from harming the others.",
            zh="只有阻塞式调用才会拖住单线程里的其他事情；交给事件循环去等就不会。建立在事件循环上的服务器，可以做到"
            "无论哪个客户端怎样捣乱，都碍不着别人。",
        ),
        references=["https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"],
    ),
    needs=[can_fork],
)


def test_a_blocking_wait_holds_up_the_other_client(clean_room, evidence):
    """While a handler blocks in an event loop, another client of that loop is not answered, and afterwards it is."""
    meanwhile, answers = clean_room.run(serving.answered_while_one_waits, "blocks")
    evidence.figures("the other client", {"answered meanwhile": meanwhile, "afterwards": answers[1].decode()})

    assert not meanwhile
    assert answers == [b"held", b"free"]


def test_an_awaiting_handler_holds_up_nobody(clean_room, evidence):
    """While a handler awaits in an event loop, another client of the same thread is answered."""
    meanwhile, answers = clean_room.run(serving.answered_while_one_waits, "awaits")
    evidence.figures("the other client", {"answered meanwhile": meanwhile, "afterwards": answers[1].decode()})

    assert meanwhile
    assert answers == [b"held", b"free"]


@pytest.mark.parametrize("does", BAD)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_client_harms_nobody_else(clean_room, kind, does):
    """Beside a client that is silent, sends garbage, stops reading or upsets the handler, another is served."""
    assert clean_room.run(serving_limits.beside_one_that, kind, does).good == b"good"


@pytest.mark.parametrize("does", ["sends garbage", "makes the handler raise", "is sent two lines"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_answered_ends_its_connection(clean_room, kind, does):
    """A request that is no line, a handler that raises and an answer of two lines end in a close without an answer."""
    assert clean_room.run(serving_limits.beside_one_that, kind, does).bad == b""


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_has_its_greatest_length(clean_room, kind):
    """A request of exactly the greatest length is answered, and one of a byte more is not."""
    answers = [clean_room.run(serving_limits.at_the_limit, kind, size) for size in (100, 101)]

    assert answers == [b"100", b""]


@pytest.mark.parametrize("request_made", [b"", b"hold me\n"], ids=["silent client", "handler that waits"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_connection_has_its_longest_time(clean_room, kind, request_made):
    """A connection is cut when its time is over, whether its client or its handler is to blame."""
    assert clean_room.run(serving_limits.cut_in_time, kind, request_made) == b""


@pytest.mark.parametrize("kind", KINDS)
def test_the_log_has_a_line_for_each(clean_room, kind, evidence):
    """For a handler that raises, and for a connection that is cut, the log has one line each that says so."""
    raised = clean_room.run(serving_limits.heard_in_the_log, kind, b"raise\n")
    cut = clean_room.run(serving_limits.heard_in_the_log, kind, b"", TINY)
    evidence.transcript("the log", f"a server with {kind}", "\n".join(raised + cut), 0)

    assert [line.rpartition(": ")[2] for line in raised] == ["as asked for"]
    assert [line.split()[3] for line in cut] == ["cut"]


@saboteur(caught_by=test_a_blocking_wait_holds_up_the_other_client)
def wait_that_lets_others_go_on(patch):
    """The handler that was to block awaits."""
    patch.in_child(serving_broken.handlers_that_await)


@saboteur(caught_by=test_an_awaiting_handler_holds_up_nobody, hangs=True)
def wait_that_stops_the_loop(patch):
    """The handler that was to await blocks."""
    patch.in_child(serving_broken.handlers_that_block)


@saboteur(caught_by=test_a_bad_client_harms_nobody_else, hangs=True)
def server_that_serves_in_turn(patch):
    """The server finishes with one client before it accepts the next."""
    patch.in_child(serving_broken.serve_where_it_accepts)


@saboteur(caught_by=test_what_cannot_be_answered_ends_its_connection)
def server_that_answers_everything(patch):
    """The server takes no notice of how long a request is."""
    patch.in_child(serving_broken.answer_anything)


@saboteur(caught_by=test_a_request_has_its_greatest_length)
def server_without_a_length(patch):
    """The server takes lines of any length."""
    patch.in_child(serving_broken.no_limit)


@saboteur(caught_by=test_a_connection_has_its_longest_time, hangs=True)
def server_with_all_the_time(patch):
    """The server lets connections last."""
    patch.in_child(serving_broken.no_limit)


@saboteur(caught_by=test_the_log_has_a_line_for_each, hangs=True)
def server_that_says_nothing(patch):
    """The server keeps its failures to itself."""
    patch.in_child(serving_broken.say_nothing)
