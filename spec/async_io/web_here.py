"""Whether aiohttp can be had here, and its application beside clients of it, in one loop."""

from __future__ import annotations

from spec.support import Condition
from spec.support.capabilities import refusal_of
from spec.support.runtime import gil_enabled

SWITCHES_IT_ON = "import aiohttp.web, sys\nassert not sys._is_gil_enabled(), 'aiohttp switches the interpreter lock on'"


def _aiohttp() -> str:
    """Import it: in a process of its own first where that might switch the interpreter lock on."""
    if not gil_enabled() and (refusal := refusal_of(SWITCHES_IT_ON)):
        return refusal
    try:
        import aiohttp.web  # noqa: F401, PLC0415 - a quarter of a second that only its claims pay
    except ImportError as error:
        return str(error)
    return ""


has_aiohttp = Condition("aiohttp is installed", _aiohttp)


def serving(*args, **options):
    """Import aiohttp no sooner than it is needed."""
    from concurrency_lib import web  # noqa: PLC0415

    return web.serving(*args, **options)
