"""A thread-local is most often used to give each thread a database connection, a request or a user of its own."""

from functools import partial

from concurrency_lib import thread_local
from concurrency_lib.thread_local import PerThread
from spec.support import Claim, Opinion, needs, saboteur
from spec.support.capabilities import has_threads
from spec.threads.local_databases import add, close, commit, connect, connecting, has_sqlite, is_open, names
from spec.threads.local_fragments import error_of
from spec.threads.local_handling import Failing, failures_of
from spec.threads.local_lockstep import each, in_lockstep, show_acts
from spec.threads.local_registers import alive_after
from spec.threads.targets import local_broken, local_library_broken

claim = Claim(
    zh="ThreadLocal 最常用来让每个线程各有一个数据库连接、一个请求或一个用户身份。",
    decides={"local.typical-use": 367},
    ruling=Opinion(
        because="nobody has counted what it is used for, and what runs on asyncio keeps a request in a context "
        "variable; what can be specified is that it serves such a use, and why SQLite needs it: a connection "
        "refuses every thread but its own",
    ),
    needs=[has_threads],
)

strict_connection = partial(connect, any_thread=False)


@needs(has_sqlite)
def test_sqlite_refuses_a_foreign_thread():
    """An SQLite connection that another thread uses or closes raises ProgrammingError, and goes on for its own."""
    connection = strict_connection(":memory:")
    try:
        with in_lockstep("foreign") as (foreign,):
            errors = [foreign.do(error_of, act) for act in (connection.commit, connection.close)]

        assert [error and error.__name__ for error in errors] == ["ProgrammingError"] * 2
        assert is_open(connection)
    finally:
        connection.close()


@needs(has_sqlite)
def test_each_thread_has_its_own_transaction(tmp_path, evidence):
    """Each thread writes through its own connection, and what one has not committed the other does not see."""
    with PerThread(connecting(tmp_path / "guests"), close) as connections, in_lockstep("A", "B") as (a, b):
        a.do(lambda: add(connections.get(), "Ann"))
        before = [a.do(lambda: names(connections.get())), b.do(lambda: names(connections.get()))]
        a.do(lambda: commit(connections.get()))
        after = b.do(lambda: names(connections.get()))
        show_acts(evidence, "two threads and one database", a, b)

    assert before == [["Ann"], []]
    assert after == ["Ann"]


@needs(has_sqlite)
def test_a_connection_is_closed_with_its_thread(tmp_path):
    """When a thread has ended, its connection is closed, and the one of a thread that goes on is open."""
    with PerThread(connecting(tmp_path / "guests"), close) as connections, in_lockstep("A", "B") as (a, b):
        both = each([a, b], connections.get)
        alive_after([a], [])

        assert list(map(is_open, both)) == [False, True]


@needs(has_sqlite)
def test_the_owner_closes_all(tmp_path):
    """When the owner's block ends, the connections of all threads are closed, though the threads go on."""
    with in_lockstep("A", "B") as threads:
        with PerThread(connecting(tmp_path / "guests"), close) as connections:
            both = each(threads, connections.get)
            before = list(map(is_open, both))

        assert before == [True, True]
        assert list(map(is_open, both)) == [False, False]


@needs(has_sqlite)
def test_what_only_its_thread_may_close_is_heard_of(tmp_path):
    """Connections that none but their threads may close are told of, all of them, when the owner closes."""
    connections = PerThread(connecting(tmp_path / "guests", any_thread=False), close)
    with in_lockstep("A", "B") as threads:
        both = each(threads, connections.get)
        told = failures_of(connections)
        still_open = [thread.do(is_open, connection) for thread, connection in zip(threads, both, strict=True)]
        each_closes(threads, both)

    assert len(told) == 2
    assert still_open == [True, True]


def each_closes(threads, connections):
    for thread, connection in zip(threads, connections, strict=True):
        thread.do(connection.close)


def test_every_error_in_closing_is_heard():
    """Errors in closing, at a thread's end or the owner's, are raised by the owner when it has asked all to close."""
    numbers = Failing(closing=(1, 2))
    owner = PerThread(numbers.make, numbers.close)
    with in_lockstep("A", "B", "C") as threads:
        each(threads, owner.get)
        alive_after(threads[:1], [])
        at_the_threads_end, told = list(numbers.closed), failures_of(owner)

    assert at_the_threads_end == [1]
    assert told == ["cannot close 1", "cannot close 2"]
    assert numbers.closed == [1, 2, 3]
    assert failures_of(owner) == []


@saboteur(caught_by=test_sqlite_refuses_a_foreign_thread)
def connection_for_everybody(patch):
    """The connection serves every thread."""
    patch.here(strict_connection=connect)


@saboteur(caught_by=test_each_thread_has_its_own_transaction)
def library_with_one_for_all(patch):
    """The library keeps what it made where all threads find it."""
    patch.setattr(thread_local, "local", local_broken.SharedByAll)


@saboteur(caught_by=test_a_connection_is_closed_with_its_thread)
def library_that_does_not_notice_an_end(patch):
    """The library leaves it to the owner to close everything."""
    patch.setattr(thread_local, "local", local_broken.Everlasting)


@saboteur(caught_by=test_the_owner_closes_all)
def library_that_leaves_all_open(patch):
    """The owner gives out nothing more, and closes nothing."""
    patch.setattr(PerThread, "close", local_library_broken.close_nothing)


@saboteur(caught_by=test_what_only_its_thread_may_close_is_heard_of)
def library_that_tells_of_the_first(patch):
    """The owner tells of one error, and forgets the others."""
    patch.setattr(PerThread, "close", local_library_broken.close_and_tell_of_one)


@saboteur(caught_by=test_every_error_in_closing_is_heard)
def library_that_hears_nothing(patch):
    """The library swallows what closing raises."""
    patch.setattr(PerThread, "_end", local_library_broken.close_in_silence)
