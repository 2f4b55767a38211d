"""The server of `multiprocessing.managers`, with care for what clients can do to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError, managers
from multiprocessing.connection import answer_challenge, deliver_challenge
from typing import Any

from concurrency_lib._deadline import Deadline
from concurrency_lib.task_server.desk import PUBLIC, Desk
from concurrency_lib.task_server.links import (
    DESK,
    Address,
    Wire,
    acknowledge,
    hang_up,
    hush,
    knock,
    limit,
    peer_of,
    prepare,
    written,
)

Tell = Callable[[str], None]
LAST_WORDS = 1.0  # seconds for answers that are under way when the server stops
ANSWERED = ("accept_connection", "create", "get_methods", "incref", "decref", "dummy")  # but not `shutdown`


class Serving(managers.Server):
    """Serves each client in a thread of its own, once it has proved, in limited time, that it has the key."""

    def __init__(  # noqa: PLR0913 - what a server is made of
        self, address: Address, key: bytes, desk: Desk, tell: Tell, *, handshake: float, silence: float
    ) -> None:
        registry: Any = {DESK: (lambda: desk, PUBLIC, None, None)}
        super().__init__(registry, address, key, "pickle")
        self.id_to_obj[DESK] = (desk, set(PUBLIC), {})
        self.desk, self.tell, self.handshake, self.silence = desk, tell, handshake, silence
        self.stop_event = threading.Event()
        self.wires: dict[threading.Thread, Wire] = {}
        self.closing = threading.Lock()
        self.gatekeeper = threading.Thread(target=self.accepter, name="task server", daemon=True)
        self.gatekeeper.start()

    def accepter(self) -> None:
        """Accept clients until the server stops."""
        while not self.stop_event.is_set():
            try:
                wire = self.listener.accept()  # type: ignore[attr-defined]
            except OSError as error:
                self.tell(f"a client was not accepted: {error}")
                self.stop_event.wait(0.1)  # there may be no descriptors left, for a while
                continue
            client = threading.Thread(target=self.handle_request, args=(wire,), daemon=True)
            self.wires[client] = wire
            client.start()

    def handle_request(self, conn: Any) -> None:
        """Serve one client to its end, whatever it sends; where that is no good end, say so in one line."""
        peer = "a client"
        try:
            peer = written(peer_of(conn))
            prepare(conn)
            limit(conn, receive=self.handshake, send=self.handshake)
            deliver_challenge(conn, self.authkey)  # type: ignore[attr-defined]
            answer_challenge(conn, self.authkey)  # type: ignore[attr-defined]
            acknowledge(conn)
            limit(conn, receive=0, send=self.silence)
            self.answer(conn, peer)
        except AuthenticationError as error:
            self.say(f"{peer} was refused: expected this server's key, found another ({error})")
        except BlockingIOError:
            self.say(f"{peer} was refused: expected proof of the key within {self.handshake:g} s, found silence")
        except Exception as error:  # noqa: BLE001 - whatever a stranger sends
            told = f"{type(error).__name__}: {error}".rstrip(": ")
            self.say(f"{peer} was refused: expected a client of a task server, found something else ({told})")
        finally:
            with self.closing:
                conn.close()
            del self.wires[threading.current_thread()]

    def answer(self, wire: Wire, peer: str) -> None:
        """Answer a client's first request: most ask to be served."""
        _, name, args, options = wire.recv()
        if name == "accept_connection":
            wire.send(("#RETURN", None))
            self.serve(wire, peer)
        elif name in ANSWERED:
            wire.send(("#RETURN", getattr(self, name)(wire, *args, **options)))
        else:
            wire.send(("#TRACEBACK", f"{name}: expected one of {', '.join(ANSWERED)}"))

    def serve(self, wire: Wire, peer: str) -> None:
        """Answer a client's calls until it is gone; then the desk takes back what it had."""
        self.desk.roll.client().name = peer
        try:
            while not self.stop_event.is_set():
                wire.send(self.result_of(*wire.recv()))
        except (EOFError, ConnectionError):
            pass
        except BlockingIOError:
            self.say(f"{peer} was dropped: expected it to read its answer, found nothing read for {self.silence:g} s")
        finally:
            self.desk.leave()

    def result_of(self, ident: str, method: str, args: Any, options: Any) -> tuple[str, object]:
        """Call a published object's method, and return what came of it."""
        try:
            thing, exposed, _ = self.id_to_obj[ident]
            if method not in exposed:
                raise AttributeError(f"{method}: expected one of {', '.join(exposed)}")  # noqa: TRY301 - told as all are
            return "#RETURN", getattr(thing, method)(*args, **options)
        except Exception as error:  # noqa: BLE001 - the client's to hear
            return "#ERROR", error

    def say(self, line: str) -> None:
        """Say what happened, unless it is only that this server stops."""
        if not self.stop_event.is_set():
            self.tell(line)

    def stop(self) -> None:
        """Accept nobody any more, and end every conversation when what was asked is answered, or after `LAST_WORDS`."""
        self.stop_event.set()
        while self.gatekeeper.is_alive():
            knock(self.address)  # type: ignore[arg-type]
            self.gatekeeper.join(0.1)
        self.listener.close()  # type: ignore[attr-defined]
        clients, patience = list(self.wires.items()), Deadline(LAST_WORDS)
        for _, wire in clients:
            with self.closing:
                hush(wire)
        for client, wire in clients:
            client.join(patience.remaining())
            with self.closing:
                hang_up(wire)
            client.join()
