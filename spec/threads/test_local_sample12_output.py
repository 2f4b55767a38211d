"""A program whose two threads each bind a guest and greet it prints two greetings, each with its own thread's name."""

import pytest

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.programs import run, sample
from spec.threads.local_lines import Paper, print_line, write_line
from spec.threads.local_lockstep import in_lockstep, show_acts

claim = Claim(
    zh="两个线程各自绑定一位客人再问候，程序就打印两句问候，每句里的客人和线程名都对得上。",
    decides={"local.sample12-output": (342, 365)},
    ruling=HoldsIf(
        condition="the order of the two greetings is left open, and no thread prints between another's two pieces",
        because="either thread may be the first to print; and print writes a line and its end one after the "
        "other, so that an unbuffered output can show both greetings on one line, and an empty line below",
        correction=Text(
            en="Join the first thread before starting the second where the order matters, and write each line with its "
            "end in one piece.",
            zh="顺序要紧时，等第一个线程结束再启动第二个；每一行连同换行符一次写出。",
        ),
        references=[
            "https://docs.python.org/3/library/functions.html#print",
            "https://docs.python.org/3/library/threading.html#threading.Thread.start",
        ],
    ),
    needs=[can_start_programs, has_threads],
)

PROGRAM = sample(__file__, "local_greetings")
GREETINGS = ["welcome Ann (at desk-1)", "welcome Ben (at desk-2)"]
MEETING = PROGRAM.replacing("import threading\n", "import threading\n\nmeet = threading.Barrier(2).wait\n")
AT_ONCE = MEETING.replacing("    greet()\n", "    meet()\n    greet()\n")
IN_TURN = {
    "Ann": PROGRAM.replacing("    ben.start()\n    ann.join()\n", "    ann.join()\n    ben.start()\n"),
    "Ben": PROGRAM.replacing(
        "    ann.start()\n    ben.start()\n    ann.join()\n    ben.join()\n",
        "    ben.start()\n    ben.join()\n    ann.start()\n    ann.join()\n",
    ),
}

say = print_line
say_whole = write_line


def greetings_in(text):
    """Return the greetings, whatever lines they stand on."""
    return sorted(f"welcome {greeting.strip()}" for greeting in text.split("welcome ")[1:])


def paper_of_both(saying, evidence):
    """Have one thread say its line, and another its own after the first piece; return the paper."""
    with in_lockstep("desk-1", "desk-2") as (first, second):
        paper = Paper(lambda: second.do(saying, "hello Ben", paper))
        first.do(saying, "hello Ann", paper)
        show_acts(evidence, "who says what while the other does", first, second)
    evidence.transcript("what stands on the paper", saying.__name__, paper.text, "")
    return paper


def test_each_guest_is_greeted_at_its_own_desk(evidence):
    """It prints one greeting for each guest, with the name of the thread that received this one, and nothing else."""
    ran = run(PROGRAM).show(evidence, "two threads and two guests")

    assert greetings_in(ran.output) == GREETINGS
    assert (ran.errors, ran.status) == ("", 0)


def test_both_are_bound_before_either_is_greeted(evidence):
    """Though both threads have bound their guests before either greets, each greets its own."""
    ran = run(AT_ONCE).show(evidence, "both have bound a guest before either greets")

    assert greetings_in(ran.output) == GREETINGS


@pytest.mark.parametrize("first", ["Ann", "Ben"])
def test_either_greeting_can_be_the_first(evidence, first):
    """Whichever thread comes first, its greeting is the first line, and the other's is the second."""
    ran = run(IN_TURN[first]).show(evidence, f"{first} comes first")

    assert sorted(ran.lines) == GREETINGS
    assert ran.lines[0].startswith(f"welcome {first}")


def test_printed_lines_can_run_into_one(evidence):
    """When a thread prints between the two pieces of another's line, both stand on one line, above an empty one."""
    assert paper_of_both(say, evidence).text == "hello Annhello Ben\n\n"


def test_lines_in_one_piece_stay_whole(evidence):
    """When each line is written with its end in one piece, the other's line stands below it."""
    assert paper_of_both(say_whole, evidence).text == "hello Ann\nhello Ben\n"


@saboteur(caught_by=test_each_guest_is_greeted_at_its_own_desk)
def program_that_starts_one_thread(patch):
    """The program starts one of the threads."""
    patch.here(PROGRAM=PROGRAM.replacing("    ben.start()\n", "").replacing("    ben.join()\n", ""))


@saboteur(caught_by=test_both_are_bound_before_either_is_greeted)
def guest_bound_for_all(patch):
    """The guest is bound to a plain object."""
    patch.here(AT_ONCE=AT_ONCE.replacing("threading.local()", "type('Desk', (), {})()"))


@saboteur(caught_by=test_either_greeting_can_be_the_first)
def order_that_is_fixed(patch):
    """The second desk always comes first."""
    patch.here(IN_TURN=dict.fromkeys(IN_TURN, IN_TURN["Ben"]))


@saboteur(caught_by=test_printed_lines_can_run_into_one)
def print_in_one_piece(patch):
    """A line is printed with its end in one piece."""
    patch.here(say=write_line)


@saboteur(caught_by=test_lines_in_one_piece_stay_whole)
def line_in_two_pieces(patch):
    """A line is written before its end."""
    patch.here(say_whole=print_line)
