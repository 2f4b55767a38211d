"""Letters, sent to a mail server as a worker's tasks."""

from __future__ import annotations

import smtplib
from contextlib import suppress

Letter = tuple[tuple[str, int], str, str]  # the mail server's address, the recipient, the text


def send(letter: Letter) -> None:
    """Send a letter."""
    post(*letter)


def post(address: tuple[str, int], recipient: str, text: str) -> None:
    """Hand a letter to a mail server; raise what it answers if it refuses."""
    with smtplib.SMTP(*address, local_hostname="localhost", timeout=20) as server:
        server.sendmail("queue@example.org", [recipient], f"{text}\r\n")


def send_unheard(letter: Letter) -> None:
    """Send a letter, and do not listen to the answer."""
    with suppress(smtplib.SMTPException):
        post(*letter)
