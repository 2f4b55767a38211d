"""A server can give each of its users a thread; it is one design among others."""

import threading
from contextlib import ExitStack

from spec.async_io.users_threads import OneEach, OneForAll, TwoForAll, serving, user_of
from spec.choosing.targets.serving import answer_on
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="服务器可以为每个用户单开一个线程，但这只是几种设计中的一种。",
    decides={"async.thread-per-user": 510},
    ruling=HoldsIf(
        condition="the server is built that way",
        because="nothing in Python gives a user a thread: a server does or does not, and many share a few threads "
        "among all users, or have one for all",
        correction=Text(
            en="A thread for each user is a design, such as that of ThreadingTCPServer. A pool serves many users with "
            "few threads, and an event loop serves all with one.",
            zh="“一个用户一个线程”是一种设计，ThreadingTCPServer 就是这样。线程池用少数线程服务许多用户，"
            "事件循环则用一个线程服务所有人。",
        ),
        references=["https://docs.python.org/3/library/socketserver.html#socketserver.ThreadingMixIn"],
    ),
    needs=[has_threads],
)

USERS = 6
EACH, FEW = OneEach, TwoForAll


def threads_that_meet(kind, together):
    """Serve users, so many of whom meet before they are answered; return their threads, and the answers."""
    meeting, served_in = threading.Barrier(together), []

    def answer(request):
        served_in.append(threading.current_thread())  # not its ident, which the next may have again
        meeting.wait(deadline())
        return request

    with serving(kind, answer) as server, ExitStack() as users:
        connected = [users.enter_context(user_of(server)) for _ in range(USERS)]
        for user in connected:
            user.sendall(b"here\n")
            server.handle_request()
        return served_in, [answer_on(user) for user in connected]


def test_each_user_has_a_thread(evidence):
    """Users of a threading server are served at the same moment, each in another thread."""
    served_in, answers = threads_that_meet(EACH, USERS)
    evidence.figures("a thread each", {"users": USERS, "threads": len(set(served_in))})

    assert len(set(served_in)) == USERS
    assert answers == [b"here"] * USERS


def test_a_pool_has_fewer_threads_than_users(evidence):
    """A pool of two threads serves six users, two at a time."""
    served_in, answers = threads_that_meet(FEW, 2)
    evidence.figures("a pool", {"users": USERS, "threads": len(set(served_in))})

    assert len(set(served_in)) == 2
    assert answers == [b"here"] * USERS


@saboteur(caught_by=test_each_user_has_a_thread, hangs=True)
def server_with_one_thread(patch):
    """The thread that accepts serves all users, one after the other."""
    patch.here(EACH=OneForAll)


@saboteur(caught_by=test_a_pool_has_fewer_threads_than_users)
def pool_that_grows(patch):
    """The pool takes another thread for every user."""
    patch.here(FEW=OneEach)
