"""Which interpreter, platform and machine a run observes."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import sysconfig
from contextlib import suppress
from importlib import metadata
from typing import Any

STANDS_ON = (
    *("pytest", "pytest-xdist", "pytest-timeout", "hypothesis", "jinja2"),
    *("dnslib", "aiosmtpd", "aiohttp", "trustme", "distributed"),
)


def gil_enabled() -> bool:
    """Whether a GIL is on now; a C extension may have switched it back on."""
    return bool(getattr(sys, "_is_gil_enabled", lambda: True)())


def interpreter() -> str:
    """Name the interpreter for a reader, such as `CPython 3.13.0 free-threaded`."""
    build = " free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    own = ".".join(map(str, sys.implementation.version[:3]))
    language = platform.python_version()
    name = platform.python_implementation()
    return f"{name} {language}{build}" if own == language else f"{name} {own} (Python {language})"


def usable_cores() -> int:
    """How many CPUs this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def identity(drop_in: str, start_method: str) -> str:
    """Name a runtime, drop-in and machine so that no two collide: the run record's file name."""
    tag = sys.implementation.cache_tag or "python"
    name = sys.implementation.name
    version = ".".join(map(str, sys.implementation.version[:3]))
    gil = "" if gil_enabled() else "-nogil"
    abi = getattr(sys, "abiflags", "")
    host = hashlib.sha256(f"{platform.node()}{tag}".encode()).hexdigest()[:6]
    system = f"{platform.system()}-{platform.machine()}".lower()
    return f"{name}-{version}{abi}{gil}-{drop_in}-{start_method}-{system}-{host}"


def packages() -> list[dict[str, str]]:
    """List the versions of what this suite stands on, as far as it is installed."""
    found = []
    for name in STANDS_ON:
        with suppress(metadata.PackageNotFoundError):
            found.append({"name": name, "version": metadata.version(name)})
    return found


def about(drop_in: str, start_method: str) -> dict[str, Any]:
    """Describe this runtime and machine as the run record does."""
    return {
        "id": identity(drop_in, start_method),
        "interpreter": interpreter(),
        "gil": gil_enabled(),
        "drop_in": drop_in,
        "start_method": start_method,
        "platform": platform.platform(),
        "cores": usable_cores(),
        "packages": packages(),
    }
