"""A name server of our own on the loopback interface, for nslookup to ask instead of the world's."""

from __future__ import annotations

import socket
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from spec.support.claims import Condition
from spec.support.deadlines import ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOPBACK = "127.0.0.1"
ZONE = """
www.example.test. 60 IN A    192.0.2.10
www.example.test. 60 IN AAAA 2001:db8::10
example.test.     60 IN MX   10 mail.example.test.
"""


def _nslookup() -> str:
    command = ["nslookup", "-version"]
    try:
        asked = subprocess.run(command, stdin=DEVNULL, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if asked.returncode == 0 else f"nslookup -version: exit status {asked.returncode}"


has_nslookup = Condition("BIND's nslookup is installed", _nslookup)


@dataclass(frozen=True)
class NameServer:
    """Where a name server listens, and what it has been asked: (name, type of record)."""

    port: str
    questions: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def name_server(zone: str = ZONE) -> Iterator[NameServer]:
    """Answer questions about a zone, over UDP on a port that the system picks, while the block lasts."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.bind((LOOPBACK, 0))
        address = here.getsockname()
        server = NameServer(str(address[1]))
        answer = _answerer(zone, server.questions)
        answering = threading.Thread(target=_serve, args=(here, answer), name="name server")
        answering.start()
        try:
            yield server
        finally:
            here.sendto(b"", address)
            ends(answering)


def _serve(here: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    """Answer until a datagram from this very socket says that it is enough."""
    while True:
        question, asker = here.recvfrom(4096)
        if asker == here.getsockname():
            return
        here.sendto(answer(question), asker)


def _answerer(zone: str, questions: list[tuple[str, str]]) -> Callable[[bytes], bytes]:
    from dnslib import QTYPE, RCODE, RR, DNSError, DNSRecord  # noqa: PLC0415 - an import of 0.1 s, for few requirements

    records = RR.fromZone(zone)

    def answer(question: bytes) -> bytes:
        try:
            asked = DNSRecord.parse(question)
        except DNSError:  # a stray datagram
            return b""
        questions.append((str(asked.q.qname), QTYPE[asked.q.qtype]))
        reply = asked.reply()
        known = [record for record in records if record.rname == asked.q.qname]
        reply.add_answer(*(record for record in known if record.rtype == asked.q.qtype))
        reply.header.rcode = RCODE.NOERROR if known else RCODE.NXDOMAIN
        return bytes(reply.pack())

    return answer
