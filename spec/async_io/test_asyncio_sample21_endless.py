"""A loop that reads lines until one is blank, and nothing else ends, never ends if the connection does so before."""

import signal

import pytest

from concurrency_lib import _fetching_answers, fetching
from concurrency_lib.fetching import ClosedEarly, Head, Limits, Malformed, NotInTime, NotReached, TooLong
from spec.async_io import fetch_broken, fetch_loops
from spec.async_io.fetch_bytes import INTERIM, NO_HTTP, block, read
from spec.async_io.fetch_hosts import answers, hosts_in_a_thread, says
from spec.async_io.fetch_loops import BARE, COMPLETE, EARLY, UNENDED, beats_while_it_reads, lines_of
from spec.async_io.fetch_no_answers import heads_in_bad_company, never_ending
from spec.async_io.fetch_waits import show_results
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.programs import run, sample

claim = Claim(
    zh="逐行读取、只认空行才停的循环，若对方没发空行就断开连接，便永远不会结束。",
    decides={"asyncio.sample21-endless": (698, 702)},
    ruling=Refuted(
        because="at the end of a connection readline() gives empty bytes, at once and again and again: the loop "
        "computes for ever, and as it never has to wait, no other coroutine has a turn. The same becomes of an answer "
        "whose lines end in a line feed alone; and a host that says nothing more, and does not close, is waited for "
        "without end",
        correction=Text(
            en="Take empty bytes for the end, and give each host a deadline and each answer a size: fetch_heads does, "
            "and names what was wrong with each host.",
            zh="读到空字节串就该当作结束；还要给每台主机设时限，给每份答复设大小上限。fetch_heads 就是这样做的，并且会"
            "说明每台主机出了什么问题。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-stream.html#asyncio.StreamReader.readline",
            "https://www.rfc-editor.org/rfc/rfc9112#section-2.2",
        ],
    ),
)

UNENDING = sample(__file__, "wget_unending")
BRIEF = Limits(seconds=30, size=2000)


@documents_word()
@pytest.mark.parametrize("kind", UNENDED)
def test_it_ends_with_the_connection(run_async, kind):
    """The loop ends, in the end, when the connection has ended."""
    assert run_async(lines_of(UNENDED[kind])) is not None


def test_nothing_else_runs_meanwhile(run_async, evidence):
    """While the loop reads empty bytes another coroutine of the same event loop has no turn at all."""
    beats = run_async(beats_while_it_reads(EARLY))
    evidence.figures("another coroutine", {"turns": (beats, f"while the loop had {fetch_loops.TURNS}")})

    assert beats == 0


def test_a_program_computes_until_it_is_killed(evidence):
    """A program with that loop, whose host closes early, prints blank lines until its time of computing is over."""
    with hosts_in_a_thread([says(EARLY)]) as (here,):
        ran = run(UNENDING, here.place)
    evidence.figures("the program", {"lines printed": len(ran.lines), "exit status": ran.status})

    assert ran.status == -signal.SIGVTALRM
    assert ran.lines[:2] == ["said HTTP/1.0 200 OK", "said Server: one"]
    assert set(ran.lines[2:-1]) == {"said "}


def test_the_library_names_each_failure_and_serves_the_rest(run_async, evidence):
    """Beside hosts that are gone, silent, early, endless or not of HTTP at all, the library has the others' heads."""
    kinds = [answers(), says(EARLY), never_ending, says(b"garbage\n"), says(BARE)]
    results = run_async(heads_in_bad_company(kinds, BRIEF))
    show_results(evidence, results)

    assert [type(each) for each in results] == [NotReached, NotInTime, Head, ClosedEarly, TooLong, Malformed, Head]


@pytest.mark.parametrize("length", [0, 1, 5, 17, 30])
def test_an_end_before_the_blank_line_is_named(run_async, length):
    """A connection that ends before the blank line, wherever that is, is ClosedEarly, and says after how many bytes."""
    failure = run_async(read(COMPLETE[:length]))

    assert type(failure) is ClosedEarly
    assert f" {length} bytes" in str(failure)


def test_a_head_has_its_greatest_size(run_async):
    """A head of exactly the greatest size, with what announces it, is read; one of a byte more is TooLong."""
    whole = INTERIM + block(200, [("Name", "value")])
    exact = run_async(read(whole + b"body", size=len(whole)))
    longer = run_async(read(whole + b"body", size=len(whole) - 1))

    assert [type(each) for each in (exact, longer)] == [Head, TooLong]


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_not_http_is_malformed(run_async, sent):
    """What is not the head of an answer is Malformed, without waiting for more of it."""
    assert type(run_async(read(sent, closes=False))) is Malformed


@saboteur(caught_by=test_it_ends_with_the_connection, restores=True)
def host_that_says_all(patch):
    """Every host sends its blank line, in the ending that is looked for."""
    patch.here(UNENDED=dict.fromkeys(UNENDED, COMPLETE))


@saboteur(caught_by=test_nothing_else_runs_meanwhile)
def reading_that_waits(patch):
    """Reading a line lets others go on, whatever is there to read."""
    patch.setattr(fetch_loops, "read_line", fetch_broken.read_line_after_others)


@saboteur(caught_by=test_a_program_computes_until_it_is_killed)
def program_that_knows_an_end(patch):
    """The program takes empty bytes for the end."""
    patch.here(UNENDING=UNENDING.replacing('!= b"\\r\\n"', 'not in (b"", b"\\r\\n")'))


@saboteur(caught_by=test_the_library_names_each_failure_and_serves_the_rest)
def failure_by_another_name(patch):
    """Too much and nonsense are called the same."""
    patch.setattr(_fetching_answers, "Malformed", TooLong)


@saboteur(caught_by=test_the_library_names_each_failure_and_serves_the_rest, hangs=True)
def no_deadline(patch):
    """A host may take all the time that it wants."""
    patch.setattr(fetching, "fetch_each", fetch_broken.fetch_each_without_deadline)


@saboteur(caught_by=test_an_end_before_the_blank_line_is_named)
def end_that_is_not_counted(patch):
    """The failure does not say how far the answer came."""
    patch.setattr(_fetching_answers, "ClosedEarly", lambda url, _: ClosedEarly(url, "closed"))


@saboteur(caught_by=test_a_head_has_its_greatest_size)
def size_that_is_ignored(patch):
    """A head may be as long as it likes."""
    patch.setattr(_fetching_answers, "read_block", fetch_broken.read_block_of_any_size)


@saboteur(caught_by=test_what_is_not_http_is_malformed)
def garbage_that_is_waited_for(patch):
    """Whatever comes may be the beginning of an answer, and more is waited for."""
    patch.setattr(_fetching_answers, "may_begin", lambda _: True)
