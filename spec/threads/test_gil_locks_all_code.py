"""That one thread at a time runs Python code does not make safe what several threads change."""

from contextlib import contextmanager
from functools import partial
from threading import Barrier

from concurrency_lib.interleavings import Lock, explore
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.support.evidence import Outcome
from spec.threads.together import together

claim = Claim(
    zh="同一时刻只有一个线程执行 Python 代码，并不等于多个线程共同修改的数据就安全了。",
    decides={"gil.locks-all-code": 285},
    ruling=Refuted(
        because="the lock of the interpreter keeps two instructions from running at the same instant, and may be "
        "handed on between any two of them: a read, a sum and a write are several, and what another thread writes in "
        "between is lost",
        correction=Text(
            en="What must stay together needs a lock of the program's own; under one, no order of steps loses any.",
            zh="必须连在一起完成的步骤，要靠程序自己的锁来保护；有了它，无论步骤怎样交错，都不会丢失更新。",
        ),
        references=[
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
            "https://docs.python.org/3/faq/library.html#what-kinds-of-global-value-mutation-are-thread-safe",
        ],
    ),
    needs=[has_threads],
)

ADDED = 2  # by two threads, one each


class Counter:
    """A number that threads count up, and a lock of its own."""

    def __init__(self):
        self.value = 0
        self.lock = Lock()


class OneThatWaits:
    """A one that is added only when every thread has read what it is added to."""

    def __init__(self, all_have_read):
        self.all_have_read = all_have_read

    def __radd__(self, number):
        """Wait for the others, then add."""
        self.all_have_read.wait()
        return number + 1


def count_up(counter, one=1):
    """Read, add and write."""
    counter.value = counter.value + one


def count_up_under_the_lock(counter):
    """Do the same while no other thread may."""
    with counter.lock:
        counter.value = counter.value + 1


def meeting_point():
    """Make what two threads meet at."""
    return Barrier(ADDED, timeout=deadline())


@documents_word()
def test_nothing_is_lost_without_a_lock_of_ones_own(evidence):
    """Two threads that each add one to a number that both have read leave two more."""
    counter = Counter()
    one = OneThatWaits(meeting_point())
    with together(*[partial(count_up, counter, one)] * ADDED):
        pass
    evidence.figures("a number that two threads count up", {"added": ADDED, "left": counter.value})

    assert counter.value == ADDED


def test_under_a_lock_no_order_loses(evidence):
    """Under a lock of the program's own, every order of the steps of two threads leaves what was added."""
    found = explore(Counter, [count_up_under_the_lock] * ADDED, adds_up, observe=value_of)
    show_outcomes(evidence, "every order under a lock", found)

    assert found.exhausted
    assert found.failures == 0


def test_without_it_some_orders_lose(evidence):
    """Without it, some orders of the same steps leave less than was added, and others do not."""
    found = explore(Counter, [count_up] * ADDED, adds_up, observe=value_of)
    show_outcomes(evidence, "every order without a lock", found)

    assert found.exhausted
    assert sorted(found.outcomes) == [1, ADDED]


@contextmanager
def one_after_the_other(*functions):
    """Call each when the one before has ended."""
    for function in functions:
        function()
    yield


def adds_up(counter):
    """Tell whether the number is what was added."""
    return counter.value == ADDED


def value_of(counter):
    """Return the number."""
    return counter.value


def show_outcomes(evidence, title, found):
    """Show how many schedules end in which number."""
    evidence.tally(
        title,
        [
            Outcome(f"left {value}", count, "acceptable" if value == ADDED else "forbidden", "of two that were added")
            for value, count in sorted(found.outcomes.items())
        ],
    )


@saboteur(caught_by=test_nothing_is_lost_without_a_lock_of_ones_own, restores=True)
def additions_that_stay_together(patch):
    """A thread adds before another has read."""
    patch.here(meeting_point=lambda: Barrier(1), together=one_after_the_other)


@saboteur(caught_by=test_under_a_lock_no_order_loses)
def lock_that_nobody_takes(patch):
    """The threads go past the lock."""
    patch.here(count_up_under_the_lock=count_up)


@saboteur(caught_by=test_without_it_some_orders_lose)
def lock_around_all_code(patch):
    """Whatever a thread does, it has a lock for it."""
    patch.here(count_up=count_up_under_the_lock)
