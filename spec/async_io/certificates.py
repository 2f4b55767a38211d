"""Certificates made for the run, by an authority that nobody else trusts."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache
from typing import Any

from spec.support import Condition


def _trustme() -> str:
    try:
        import trustme  # noqa: F401, PLC0415 - it brings its own OpenSSL along
    except ImportError as error:
        return str(error)
    return ""


can_make_certificates = Condition("trustme makes certificates here", _trustme)


@cache
def authority() -> Any:
    """Return the authority of this run."""
    import trustme  # noqa: PLC0415

    return trustme.CA()


@cache
def server_context(name: str, *, expired: bool = False) -> ssl.SSLContext:
    """Return what a server needs that is to be known by this name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    until = datetime(2019, 11, 13, tzinfo=UTC) if expired else None
    authority().issue_cert(name, not_after=until).configure_cert(context)
    return context


@cache
def trusting_context() -> ssl.SSLContext:
    """Return what a client needs that trusts the authority of this run, and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context


def careless_context() -> ssl.SSLContext:
    """Return what a client needs that trusts everybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
