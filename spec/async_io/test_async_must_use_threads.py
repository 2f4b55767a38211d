"""To serve many users at once one thread is enough, if it waits for all of them together."""

from concurrency_lib._message_io import Ears
from spec.async_io import users_loops
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import has_threads

claim = Claim(
    zh="要同时服务许多用户，一个线程就够了，只要它能一并等待所有用户。",
    decides={"async.must-use-threads": 510},
    ruling=Refuted(
        because="threads and processes are needed by calls that block. One thread that asks the kernel which of its "
        "connections is ready held two hundred requests open at the same time, as the document's chapter itself goes "
        "on to say",
        correction=Text(
            en="Threads or processes are one way to serve several users. An event loop serves them all in one thread, "
            "as long as no handler blocks or computes for long.",
            zh="用多线程或多进程服务多个用户，只是办法之一。事件循环用一个线程就能服务所有人，前提是处理函数既不阻塞，"
            "也不长时间计算。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-stream.html",
            "https://docs.python.org/3/library/selectors.html",
        ],
    ),
    needs=[has_threads],
)

USERS = AT_ONCE = 200
A_FEW = 5


def show(evidence, served):
    """Show how many users were served by how many threads."""
    rows = {"requests open at once": served.at_once, "threads": len(served.threads), "answers": len(served.answers)}
    evidence.figures("a server with one thread", rows)


@documents_word()
def test_one_thread_serves_one_user_at_a_time(run_async):
    """A server that has one thread has one request open at a time."""
    served = run_async(users_loops.by_coroutines(A_FEW, AT_ONCE))

    assert served.at_once == 1


def test_asyncio_serves_two_hundred(run_async, evidence):
    """One thread of asyncio has the requests of two hundred users open at once, and answers each of them."""
    served = run_async(users_loops.by_coroutines(USERS, AT_ONCE))
    show(evidence, served)

    assert (served.at_once, len(served.threads)) == (USERS, 1)
    assert served.answers == [b"%d" % number for number in range(USERS)]


def test_the_message_loop_serves_two_hundred(evidence):
    """One thread that runs the library's message loop has as many open: users and requests are messages to it."""
    served = users_loops.by_message_loop(USERS)
    show(evidence, served)

    assert (served.at_once, len(served.threads)) == (USERS, 1)
    assert served.answers == [b"%d" % number for number in range(USERS)]


@saboteur(caught_by=test_one_thread_serves_one_user_at_a_time, restores=True)
def server_that_serves_in_turn(patch):
    """The server begins with a user when it is done with the one before."""
    patch.here(AT_ONCE=1)


@saboteur(caught_by=test_asyncio_serves_two_hundred)
def server_with_less_room(patch):
    """The server has room for all users but one."""
    patch.here(AT_ONCE=USERS - 1)


@saboteur(caught_by=test_the_message_loop_serves_two_hundred, hangs=True)
def loop_that_hears_one_user(patch):
    """The library's loop hears of one source only, the first it was given."""
    watch = Ears.add
    first = []

    def add_the_first(self, source, name):
        if source in first or not first:
            first[:] = [source]
            watch(self, source, name)

    patch.setattr(Ears, "add", add_the_first)
