"""The shared key: from a file or the environment, never from a command line, where others could read it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from concurrency_lib.task_server.errors import BadKey

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 16  # bytes
VARIABLE = "TASK_SERVER_KEY"
DEFAULT = "~/.config/concurrency_lib/task_server.key"


def checked(key: bytes, where: str) -> bytes:
    """Return the key, or raise `BadKey` if it is too short to be safe."""
    if len(key) < LEAST:
        raise BadKey(f"{where}: expected at least {LEAST} bytes, found {len(key)}; remove it, and let one be made")
    return key


def find_key(file: Path | None = None, *, make: bool = False) -> bytes:
    """Return the key of a file, else of the environment's TASK_SERVER_KEY, else of the default file.

    Where the file is missing, one is made if `make`, readable by its owner alone; else this raises `BadKey`, as it
    does if others can read the file, or the key is too short.
    """
    if file is None and VARIABLE in os.environ:
        return checked(os.environ[VARIABLE].encode(), f"environment variable {VARIABLE}")
    path = file or default_file()
    if make and not path.exists():
        make_key(path)
    return read_key(path)


def default_file() -> Path:
    """Return the file that has the key where no other is named."""
    from pathlib import Path  # noqa: PLC0415 - most processes have the key from elsewhere

    return Path(DEFAULT).expanduser()


def read_key(path: Path) -> bytes:
    """Return the key of a file that nobody but its owner can read."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode & 0o777
            key = file.read().strip()
    except OSError as error:
        told = f"{path}: expected the server's key, found {error.strerror}; copy it from the server's machine"
        raise BadKey(f"{told}, or set {VARIABLE}") from error
    if mode & 0o077:
        raise BadKey(f"{path}: expected a file for its owner alone (mode 600), found mode {mode:o}; chmod 600 it")
    return checked(key, str(path))


def make_key(path: Path) -> None:
    """Write a new key to a file of mode 600, unless another process was faster; none ever reads half a key."""
    # Imported here because a key is made once, yet each process would pay for them.
    import secrets  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # of mode 600 from the start
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(name, path)
        except FileExistsError:
            return
    finally:
        Path(name).unlink()
