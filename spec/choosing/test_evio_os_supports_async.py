"""The operating system offers a program to be told when its input or output is ready, for many waits at once."""

import selectors

import pytest

from spec.choosing.targets import serving_broken, serving_ready, serving_ready_broken
from spec.support import Claim, Condition, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork

has_epoll = Condition(
    "the kernel offers epoll", lambda: "" if hasattr(selectors, "EpollSelector") else "selectors has no EpollSelector"
)

claim = Claim(
    zh="操作系统能在 IO 就绪的时候通知程序，而且可以同时盯着许多个等待。",
    decides={"evio.os-supports-async": 410},
    ruling=HoldsIf(
        condition="the wait is for a socket, a pipe or the like, and to be told when it is ready is what is meant",
        because="the event loops of Python on Unix ask which sockets are ready and then read and write themselves; no "
        "operation is completed for them meanwhile. Regular files cannot be waited for like that. And the loop does "
        "the same, if slower, with select, which is decades old",
        correction=Text(
            en="What an event loop rests on is readiness: one call waits for many sockets and pipes. For files it "
            "needs threads.",
            zh="事件循环靠的是“就绪通知”：一次调用就能等许多个套接字和管道；普通文件不在其列，要靠线程来读写。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man7/epoll.7.html",
            "https://man7.org/linux/man-pages/man2/epoll_ctl.2.html",
            "https://docs.python.org/3/library/selectors.html",
        ],
    ),
    needs=[can_fork],
)

SELECTORS = [
    name for name in ("SelectSelector", "PollSelector", "EpollSelector", "KqueueSelector") if hasattr(selectors, name)
]


def test_the_kernel_tells_when_a_socket_is_ready(clean_room, evidence):
    """A selector names a socket once something has arrived there and not before; the program itself then reads it."""
    told = clean_room.run(serving_ready.told_when_ready)
    evidence.figures(
        "sockets that are ready",
        {
            "before its peer sends": told.before,
            "after": told.after,
            "asyncio waits with": clean_room.run(serving_ready.selector_of_a_loop),
        },
    )

    assert (told.before, told.after, told.read) == (0, 1, b"sent")


def test_asyncio_asks_which_sockets_are_ready(clean_room):
    """The loop that asyncio makes waits with the best selector of the system."""
    assert clean_room.run(serving_ready.selector_of_a_loop) == selectors.DefaultSelector.__name__


@needs(has_epoll)
def test_a_file_cannot_be_waited_for(clean_room):
    """Linux refuses to watch a regular file."""
    assert clean_room.run(serving_ready.refused_for_a_file, "EpollSelector") == "PermissionError"


@pytest.mark.parametrize("selector", SELECTORS)
def test_any_selector_will_do(clean_room, selector):
    """An event loop holds requests open at the same time with any of the selectors, old or new."""
    held = clean_room.run(serving_ready.serve_with, selector, 10)

    assert len(set(held.by)) == 1
    assert len(held.answers) == len(held.by) == 10


@saboteur(caught_by=test_the_kernel_tells_when_a_socket_is_ready)
def kernel_that_says_yes(patch):
    """Every socket is said to be ready."""
    patch.in_child(serving_ready_broken.always_ready)


@saboteur(caught_by=test_asyncio_asks_which_sockets_are_ready)
def loop_with_another_selector(patch):
    """The loop waits with a selector that was made for something else."""
    patch.in_child(serving_ready_broken.own_selector)


@saboteur(caught_by=test_a_file_cannot_be_waited_for)
def kernel_that_watches_files(patch):
    """A file is taken for something that can be ready."""
    patch.in_child(serving_ready_broken.watch_files_with_select)


@saboteur(caught_by=test_any_selector_will_do, hangs=True)
def selector_that_is_not_asked(patch):
    """The handler blocks, so that the loop does not get to its selector."""
    patch.in_child(serving_broken.handlers_that_block)
