"""A clean room runs a function in a fresh, single-threaded fork, and nothing comes back but its answer."""

from __future__ import annotations

import pickle

import pytest

from spec.suite import targets
from spec.support.capabilities import can_fork
from spec.support.clean_room import CleanRoom
from spec.support.deadlines import impatience
from spec.support.outcomes import Overdue
from spec.support.sabotage import under_way
from spec.support.subjects import SubjectDiedError

pytestmark = pytest.mark.skipif(not can_fork.holds, reason=can_fork.reason)


@pytest.fixture(scope="module")
def room():
    opened = CleanRoom()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _afterwards(room):
    """Whatever a subject did, the next one is served."""
    yield
    assert room.run(targets.add, 1, 1) == 2


def test_the_answer_is_the_functions_value(room):
    """What the function returns is returned."""
    assert room.run(targets.add, 20, 22) == 42


def test_each_subject_is_a_fresh_fork_of_the_room(room):
    """Every subject is a child of the room, with a process id, one thread and a session of its own."""
    subjects = [room.run(targets.pids) for _ in range(3)]

    assert len({pid for pid, *_ in subjects}) == 3
    assert all((parent, session, threads) == (room.pid, pid, 1) for pid, parent, session, threads in subjects)


def test_an_exception_is_raised_where_the_function_was_run(room):
    """The subject's exception is raised in pytest's process, with the subject's own traceback as a note."""
    with pytest.raises(LookupError, match=r"^no such thing\n") as caught:
        room.run(targets.fail, "no such thing")

    assert "in the subject:" in caught.value.__notes__[0]
    assert ", in fail\n" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("function", "how"), [(targets.leave, "3"), (targets.be_killed, "-9")], ids=["exit status", "signal"]
)
def test_a_death_is_told(function, how, room):
    """A subject that ends without an answer is told by its exit status, or by the signal that ended it."""
    with pytest.raises(SubjectDiedError, match=f"^ended without an answer: {how}$"):
        room.run(function, *([3] if function is targets.leave else []))


def test_a_subject_that_does_not_end_is_overdue(room):
    """A subject that misses the deadline is killed, and overdue under its function's name."""
    with impatience(), pytest.raises(Overdue, match=r"the end of subject \d+ \(never_end\)"):
        room.run(targets.never_end)


def test_a_subject_that_has_hardly_begun_is_overdue_as_well(room):
    """However early a subject is given up, it is killed, and the next one answers for itself."""
    for number in range(20):
        with impatience(0.0), pytest.raises(Overdue):
            room.run(targets.never_end)
        assert room.run(targets.add, number, 1) == number + 1


def test_an_answer_that_cannot_be_pickled_is_an_error(room):
    """A value that no pickle carries is a `TypeError` in pytest's process that shows the value."""
    with pytest.raises(TypeError, match=r"the subject's answer cannot be pickled: .*<lambda>"):
        room.run(targets.lambda_of_its_own)


def test_only_the_subject_answers(room):
    """A child that comes back from the function before the subject does neither answers nor goes on."""
    assert room.run(targets.come_back_twice) > 0


def test_a_function_that_cannot_be_imported_is_an_error(room, monkeypatch):
    """A function of a module that the room cannot import is an error of that run alone."""
    monkeypatch.setattr(targets.add, "__module__", "no_such_module")

    with pytest.raises(Exception, match=r"no_such_module|not the same object"):
        room.run(targets.add, 1, 1)

    monkeypatch.undo()


def test_a_function_that_cannot_be_sent_disturbs_nobody(room):
    """A function that no pickle carries is refused before the room hears of it."""
    with pytest.raises((AttributeError, pickle.PicklingError)):
        room.run(lambda: None)


def test_sabotage_comes_first_and_stays_in_its_subject(room):
    """A subject runs what it was sent to break before its function, and knows it; the next subject is whole."""
    assert room.run(targets.thing, carried=[targets.break_thing]) == "broken"
    assert room.run(under_way, carried=[targets.break_thing])
    assert not room.run(under_way)
    assert room.run(targets.thing) == "whole"
