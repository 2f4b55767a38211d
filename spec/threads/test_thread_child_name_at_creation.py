"""A thread gets its name when its Thread is made."""

from threading import Event, Thread, current_thread

from concurrency_lib import threads
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, ends
from spec.support.properties import for_any
from spec.threads.thread_naming import names
from spec.threads.together import together

claim = Claim(
    zh="线程的名字在创建 Thread 对象时就定下了。",
    decides={"thread.child-name-at-creation": 226},
    ruling=HoldsIf(
        condition="nobody gives it another name later",
        because="the name may be assigned at any time, before the start and while the thread runs",
        correction=Text(
            en="It has the name given when it is made, until it is given another.",
            zh="创建时起的名字会一直用下去，直到有人给它换一个。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.Thread.name"],
    ),
    needs=[has_threads],
)


def prepare(function, name):
    return Thread(target=function, name=name)


def rename(thread, name):
    thread.name = name


def read_the_news():
    return current_thread().name


def test_it_has_the_name_given_when_it_was_made():
    """Made with any name of a character or more, a Thread has it at once, and in its own thread as it runs."""

    @for_any(names(), examples=10)
    def is_called_so(name):
        seen = []
        thread = prepare(lambda: seen.append(current_thread().name), name)
        before = thread.name
        thread.start()
        ends(thread)

        assert [before, *seen] == [name, name]


def test_it_can_be_renamed_at_any_time(evidence):
    """A thread that is given another name, before its start or while it runs, has that one from then on."""
    renamed = Event()

    def name_before_and_after():
        before = current_thread().name
        renamed.wait(deadline())
        return before, current_thread().name

    with together(name_before_and_after, names=["while it is new"], at_end=renamed.set) as (running,):
        rename(running.thread, "while it runs")
        renamed.set()
        before, after = running.value()
    thread = prepare(int, "as it was made")
    rename(thread, "before the start")
    evidence.figures("names of a thread", {"as it was made": before, "renamed": after})

    assert after == "while it runs"
    assert thread.name == "before the start"


def test_library_names_threads_after_their_functions():
    """The library calls its threads by the names that it is given, or else by those of their functions."""
    assert threads.run_together(read_the_news, read_the_news) == ["read_the_news"] * 2
    assert threads.run_together(read_the_news, read_the_news, names=["a", "b"]) == ["a", "b"]


@saboteur(caught_by=test_it_has_the_name_given_when_it_was_made)
def name_that_is_ignored(patch):
    """A Thread is called by a number, whatever name it is made with."""
    patch.here(prepare=lambda function, _: Thread(target=function))


@saboteur(caught_by=test_it_can_be_renamed_at_any_time)
def name_that_stays(patch):
    """A thread keeps the name that it was made with."""
    patch.here(rename=lambda *_: None)


@saboteur(caught_by=test_library_names_threads_after_their_functions)
def library_that_gives_numbers(patch):
    """The library calls its threads by numbers of its own."""
    patch.setattr(threads, "name_of", lambda _: "Thread-1")
