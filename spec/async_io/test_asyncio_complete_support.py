"""The support of asyncio for asynchronous input and output is complete."""

import asyncio
import os
import pkgutil
import signal
import socket
import ssl
from functools import partial

import pytest

from spec.async_io import loop_exchanges
from spec.async_io.certificates import can_make_certificates, careless_context, trusting_context
from spec.async_io.loop_broken import DeafToSignals, DropsAByte, LooksUpEverything
from spec.async_io.loop_exchanges import (
    failure_of_tls,
    heard_signal,
    talk_to_a_child,
    threads_asked_for,
    through_a_pipe,
    tls_exchange,
)
from spec.async_io.loop_exchanges_broken import unchanged
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import program_answers
from spec.support.outcomes import raised_by
from spec.support.rulings import Condition

LOCALHOST = "localhost"


def resolves():
    """Look the loopback name up; return why it is not known."""
    error = raised_by(socket.getaddrinfo, LOCALHOST, 1, family=socket.AF_INET)
    return repr(error) if error else ""


claim = Claim(
    zh="asyncio 对异步输入输出的支持是完备的。",
    decides={"asyncio.complete-support": 713},
    ruling=HoldsIf(
        condition="what is asked for is transport: TLS, pipes, child processes and signals, beside plain sockets",
        because="asyncio has no operation on files, speaks no protocol of applications such as HTTP, and resolves "
        "names by handing a call that blocks to a helper thread",
        correction=Text(
            en="The transports are there; files and names go through threads; for HTTP take a package such as aiohttp.",
            zh="传输层的支持一应俱全；文件读写和域名解析要借助线程，HTTP 则需要 aiohttp 这样的第三方库。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio.html",
            "https://docs.python.org/3/library/asyncio-eventloop.html#dns",
        ],
    ),
)

ECHO = ("cat",)
toolbox = asyncio
TRUSTING, TRUSTING_OTHERS = trusting_context, ssl.create_default_context


@needs(can_make_certificates)
def test_tls(run_async):
    """A coroutine asks a peer over TLS whose certificate it trusts, and is answered."""
    assert run_async(tls_exchange(TRUSTING())) == b"OVER TLS\n"


@needs(can_make_certificates)
def test_tls_distrusts_strangers(run_async):
    """A peer whose certificate nobody has vouched for is not talked to."""
    assert isinstance(run_async(failure_of_tls(TRUSTING_OTHERS())), ssl.SSLCertVerificationError)


@needs(program_answers("cat", os.devnull))
def test_child_processes(run_async):
    """A coroutine writes to a child process, reads what it writes, and learns how it ended."""
    assert run_async(talk_to_a_child(ECHO)) == (b"through a child", 0)


def test_pipes(run_async):
    """What one coroutine writes into a pipe comes out at its other end, without blocking either."""
    assert run_async(through_a_pipe()) == b"through a pipe"


def test_signals(run_async):
    """A signal that the process gets is handled by a callback of the loop."""
    assert run_async(heard_signal()) == signal.SIGUSR1


@pytest.mark.parametrize(("host", "threads"), [("127.0.0.1", 0), (LOCALHOST, 1)], ids=["number", "name"])
@needs(Condition("the loopback name is known", resolves))
def test_names_are_looked_up_in_a_thread(run_async, host, threads, evidence):
    """A connection to a numeric address needs no thread; the name of a host is looked up in a helper thread."""
    handed = run_async(threads_asked_for(host))
    evidence.figures("calls handed to helper threads", {host: handed})

    assert handed == threads


@pytest.mark.parametrize("word", ["http", "open_file", "aopen", "dns"])
def test_what_is_not_there(word):
    """Nothing in asyncio is called after HTTP, the opening of files, or DNS."""
    names = {*dir(toolbox), *(module.name for module in pkgutil.iter_modules(toolbox.__path__))}

    assert [name for name in names if word in name.lower()] == []


@saboteur(caught_by=test_tls)
def peer_that_says_something_else_over_tls(patch):
    """The peer over TLS says what it was told."""
    patch.setattr(loop_exchanges, "tcp_peer", partial(loop_exchanges.tcp_peer, unchanged))


@saboteur(caught_by=test_pipes)
def loop_that_drops_a_byte(patch):
    """The last byte of what comes through a pipe is lost."""
    patch.loop(DropsAByte)


@saboteur(caught_by=test_tls_distrusts_strangers)
def client_that_trusts_everybody(patch):
    """The client does not verify whom it talks to."""
    patch.here(TRUSTING_OTHERS=careless_context)


@saboteur(caught_by=test_child_processes)
def child_that_does_not_answer(patch):
    """The child reads nothing, and fails."""
    patch.here(ECHO=("false",))


@saboteur(caught_by=test_signals)
def loop_that_confuses_signals(patch):
    """The loop tells its callback of another signal."""
    patch.loop(DeafToSignals)


@saboteur(caught_by=test_names_are_looked_up_in_a_thread)
def loop_that_needs_a_thread_for_all(patch):
    """The loop asks a thread before each connection."""
    patch.loop(LooksUpEverything)


@saboteur(caught_by=test_what_is_not_there)
def toolbox_with_http(patch):
    """The toolbox comes with HTTP."""
    import http  # noqa: PLC0415

    patch.here(toolbox=http)
