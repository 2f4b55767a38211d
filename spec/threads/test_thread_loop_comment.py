"""The function that a thread was made of is executed by the new thread, not by the one that started it."""

import builtins
from functools import partial
from threading import Event, Thread, current_thread, get_ident

from hypothesis.strategies import lists, sampled_from

from concurrency_lib import threads
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.deadlines import deadline, ends
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.targets import thread_failing

claim = Claim(
    zh="创建线程时交给它的函数，由新线程执行，而不是由启动它的那个线程执行。",
    decides={"thread.loop-comment": 209},
    ruling=Holds(),
    needs=[has_threads],
)

ENDINGS = ["ValueError", "OSError", "SystemExit", "KeyboardInterrupt", "return"]


def execute(function):
    thread = Thread(target=function, name="LoopThread")
    thread.start()
    ends(thread)


def end_by(ending):
    if ending != "return":
        raise getattr(builtins, ending)


def raised_by_all(functions, names):
    try:
        threads.run_together(*functions, names=names)
    except BaseExceptionGroup as group:
        return group.exceptions
    return ()


def test_the_new_thread_executes_the_function(evidence):
    """Inside the function the current thread is the new one, by name and by identifier."""
    seen = []
    execute(lambda: seen.append((current_thread().name, get_ident())))
    evidence.figures("who executes what", {"the function": seen[0][0], "the requirement": current_thread().name})

    assert seen[0][0] == "LoopThread"
    assert seen[0][1] != get_ident()


@needs(can_fork)
def test_what_the_function_raises_stays_in_its_thread(clean_room):
    """An exception ends the thread that executes the function; a hook is told of it, and whoever joins is not."""
    ending = clean_room.run(thread_failing.end_by_an_exception)

    assert ending.joined == "nothing"
    assert ending.told == [("ValueError", "failing")]


def test_library_tells_everything_that_its_functions_raise():
    """However its functions end, the library raises all their exceptions at once, each with its thread's name."""

    @for_any(lists(sampled_from(ENDINGS), min_size=1, max_size=4), examples=15)
    def are_heard(endings):
        names = [f"function {number}" for number in range(len(endings))]
        raised = raised_by_all([partial(end_by, ending) for ending in endings], names)

        assert [(type(error).__name__, error.__notes__) for error in raised] == [
            (ending, [f"in thread {name}"]) for name, ending in zip(names, endings, strict=True) if ending != "return"
        ]


def test_library_raises_an_ordinary_group_of_ordinary_exceptions():
    """One exception, too, comes in an ExceptionGroup, and only when the other functions have come to their end."""
    failed, ran = Event(), []
    functions = [partial(end_by, "ValueError"), lambda: ran.append(failed.wait(deadline()))]
    raised = raised_by(threads.run_together, *functions, stop=failed.set)

    assert type(raised) is ExceptionGroup
    assert ran == [True]


def test_library_calls_stop_in_each_thread_that_failed():
    """Whenever a function has raised the library calls `stop` in that function's thread, and for no other function."""
    called_in = []
    functions = [partial(end_by, ending) for ending in ("ValueError", "return", "OSError")]
    raised_by(
        threads.run_together, *functions, names=["a", "b", "c"], stop=lambda: called_in.append(current_thread().name)
    )

    assert sorted(called_in) == ["a", "c"]


def test_library_tells_what_stop_raises():
    """What `stop` raises in a thread is told after what that thread's function raised."""
    raised = raised_by(threads.run_together, partial(end_by, "ValueError"), stop=partial(end_by, "OSError"))

    assert [type(error) for error in raised.exceptions] == [ValueError, OSError]


@saboteur(caught_by=test_the_new_thread_executes_the_function)
def function_that_the_caller_executes(patch):
    """The function is executed by whoever starts the thread."""
    patch.here(execute=lambda function: function())


@saboteur(caught_by=test_what_the_function_raises_stays_in_its_thread)
def join_that_raises(patch):
    """Joining a thread raises what its function raised."""
    patch.in_child(thread_failing.join_that_raises)


@saboteur(caught_by=test_library_tells_everything_that_its_functions_raise)
def library_that_tells_the_first_only(patch):
    """The library raises the first of the exceptions, and drops the rest."""
    really = threads.gather

    def gather_one(members):
        group = really(members)
        return group and BaseExceptionGroup(group.message, group.exceptions[:1])

    patch.setattr(threads, "gather", gather_one)


@saboteur(caught_by=test_library_raises_an_ordinary_group_of_ordinary_exceptions)
def library_that_raises_one_as_it_is(patch):
    """The library raises an exception by itself if there is no other."""
    really = threads.gather
    patch.setattr(threads, "gather", lambda members: really(members).exceptions[0])


@saboteur(caught_by=test_library_calls_stop_in_each_thread_that_failed)
def library_that_never_calls_stop(patch):
    """The library does not call `stop`."""
    really = threads.run_together
    patch.setattr(threads, "run_together", lambda *functions, names, **_: really(*functions, names=names))


@saboteur(caught_by=test_library_tells_what_stop_raises)
def library_that_drops_what_stop_raises(patch):
    """What `stop` raises is lost."""
    really = threads.run_together
    patch.setattr(threads, "run_together", lambda *functions, **_: really(*functions))
