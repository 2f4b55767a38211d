"""asyncio speaks TCP, UDP and TLS with any peer: the kernel's sockets and OpenSSL do so, and it waits for them."""

import ssl

import pytest

from concurrency_lib import fetching
from concurrency_lib.fetching import Head, Limits, NotInTime, NotReached, NotTrusted
from spec.async_io import fetch_broken
from spec.async_io.certificates import can_make_certificates, server_context, trusting_context
from spec.async_io.fetch_hosts import LOOPBACK, answers, head, host
from spec.async_io.fetch_peers import SENT, datagram_peer, reply_to, stream_peer
from spec.async_io.fetch_protocols import kernel_lists_ports, over_datagrams, over_stream
from spec.async_io.fetch_waits import results_after
from spec.async_io.targets import wget_without_ssl
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="asyncio 能与任何对端收发 TCP、UDP 和 TLS：真正实现这些协议的是内核套接字和 OpenSSL，asyncio 只负责等待。",
    decides={"aiohttp.asyncio-protocols": 721},
    ruling=HoldsIf(
        condition="to implement a protocol means to make an implementation of it usable in an event loop",
        because="there is no TCP in it and no cipher: it asks the kernel to open sockets and OpenSSL to encrypt, and a "
        "Python without the module ssl has an asyncio without TLS",
        correction=Text(
            en="asyncio wraps the TCP and UDP of the kernel, and TLS where Python was built with OpenSSL, for use with "
            "async and await.",
            zh="asyncio 把内核的 TCP、UDP 包装成可以配合 async/await 使用的接口；TLS 也是如此，只是编译 Python 时要"
            "带上 OpenSSL。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-protocol.html",
            "https://docs.python.org/3/library/ssl.html",
        ],
    ),
    needs=[kernel_lists_ports],
)

NAME = "loopback.test"
converse, send_datagram = over_stream, over_datagrams


def test_tcp_is_spoken_with_any_peer(run_async):
    """A peer of plain sockets answers over TCP, and the kernel lists the connection's port."""
    with stream_peer() as port:
        said = run_async(converse(port))

    assert said[:3] == (reply_to(SENT), "tcp", True)


def test_udp_is_spoken_with_any_peer(run_async):
    """A peer of plain sockets answers a datagram, and the kernel lists the sender's port."""
    with datagram_peer() as port:
        said = run_async(send_datagram(port))

    assert said[:3] == (reply_to(SENT), "udp", True)


@needs(can_make_certificates)
def test_tls_is_spoken_with_any_peer(run_async, evidence):
    """A peer of plain sockets answers over TLS, which is OpenSSL's, upon the kernel's TCP."""
    with stream_peer(server_context(NAME)) as port:
        said = run_async(converse(port, trusting_context(), NAME))
    version = said.tls.version() if said.tls else "none"
    evidence.figures("TLS with a peer of plain sockets", {"version": version, "by": ssl.OPENSSL_VERSION})

    assert said[:3] == (reply_to(SENT), "tcp", True)
    assert isinstance(said.tls, ssl.SSLObject)
    assert said.tls.getpeercert()["subjectAltName"] == (("DNS", NAME),)


@needs(can_fork)
def test_without_openssl_there_is_no_tls(clean_room):
    """Where the module ssl is missing, asyncio speaks TCP as ever, and refuses TLS."""
    with stream_peer() as port:
        reply, refusal = clean_room.run(wget_without_ssl.connect_without_ssl, port)

    assert (reply, refusal) == (b"SAID", "RuntimeError")


@needs(can_make_certificates)
@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("for another name", NotTrusted), ("trusted", Head), ("expired", NotTrusted), ("of unknown origin", NotTrusted)],
)
def test_the_library_trusts_what_it_is_told_to(run_async, kind, outcome):
    """The library has a head over TLS where the certificate is trusted, for the host's name and not expired."""
    name = NAME if kind == "for another name" else LOOPBACK
    trusted = None if kind == "of unknown origin" else trusting_context()
    with stream_peer(server_context(name, expired=kind == "expired"), reply=lambda _: head()) as port:
        results = run_async(fetching.heads_of([f"https://{LOOPBACK}:{port}/"], tls=trusted))

    assert [type(each) for each in results] == [outcome]


def test_no_handshake_is_no_connection(run_async):
    """Where TLS is expected, a host that speaks another language is NotReached, and one that is silent NotInTime."""

    async def fetched(port):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with host(answers()) as quiet:
            spoken = await fetching.heads_of([f"https://{LOOPBACK}:{port}/"], tls=tls)
            waiting = fetching.heads_of([f"https://{quiet.place}/"], tls=tls)
            return [*spoken, *await results_after(waiting, lambda: quiet.open, Limits().seconds)]

    with stream_peer() as port:
        results = run_async(fetched(port))

    assert [type(each) for each in results] == [NotReached, NotInTime]


@saboteur(caught_by=test_tcp_is_spoken_with_any_peer)
def tcp_without_the_kernel(patch):
    """The bytes come back, and the kernel has never seen them."""
    patch.here(converse=fetch_broken.said_to_nobody)


@saboteur(caught_by=test_udp_is_spoken_with_any_peer)
def udp_over_tcp(patch):
    """What was to be a datagram goes over a stream."""
    patch.here(send_datagram=over_stream, datagram_peer=stream_peer)


@saboteur(caught_by=test_tls_is_spoken_with_any_peer)
def tls_left_out(patch):
    """The peer has no certificate, and the client asks for none."""
    patch.here(server_context=lambda *_: None, converse=lambda port, *_: over_stream(port))


@saboteur(caught_by=test_without_openssl_there_is_no_tls)
def openssl_that_cannot_be_missed(patch):
    """The module ssl is there after all."""
    patch.in_child(wget_without_ssl.keep_ssl)


@saboteur(caught_by=test_the_library_trusts_what_it_is_told_to)
def library_that_trusts_everybody(patch):
    """The library asks for no certificate."""
    patch.setattr(fetching, "reach", fetch_broken.reach_without_verifying)


@saboteur(caught_by=test_no_handshake_is_no_connection)
def handshakes_of_one_kind(patch):
    """All that goes wrong before the request is called the same."""
    patch.setattr(fetching, "NotReached", NotTrusted)
