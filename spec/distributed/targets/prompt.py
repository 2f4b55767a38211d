"""A manager's server that keeps nobody waiting for an acknowledgement.

Whoever connects ends the proof of the key with one small write, and begins its request with another, which TCP holds
back until the first is acknowledged; a receiver with nothing to say takes some 40 ms for that, for each connection.
"""

from __future__ import annotations

import os
import socket
from multiprocessing.connection import Connection
from multiprocessing.managers import Server
from typing import Any


class PromptConnection(Connection):
    """Acknowledges at once what it is given in the proof of the key."""

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """Receive a message, and acknowledge it."""
        message = super().recv_bytes(maxlength)
        with socket.socket(fileno=os.dup(self.fileno())) as its:
            its.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return message


class PromptServer(Server):
    """Serves as any manager's server does, over prompt connections where they are TCP's."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        listener: Any = self.listener  # type: ignore[attr-defined]
        accept = listener.accept

        def accept_promptly() -> Connection:
            with accept() as connection:
                return PromptConnection(os.dup(connection.fileno()))

        if isinstance(self.address, tuple):
            listener.accept = accept_promptly
