"""Keys of task servers that are no secret, how they are refused, and the options by which one might be given."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from concurrency_lib.task_server import BadKey, TaskServer, find_key
from concurrency_lib.task_server.__main__ import parser
from spec.distributed.tasking import KEY
from spec.support.outcomes import raised_by

SHORT = b"fifteen bytes !"
TOO_SHORT = "expected at least 16 bytes, found 15"
NO_SECRETS = {
    "short": TOO_SHORT,
    "missing": "expected the server's key, found",
    "readable": "expected a file for its owner alone",
    "short-in-the-environment": TOO_SHORT,
    "short-for-a-server": TOO_SHORT,
}


def refusal_of(what: str, folder: Path, monkeypatch: Any) -> tuple[Exception | None, str]:
    """Have a key found, or taken by a server, that is no secret; return the error, and what it is to name."""
    path = folder / "key"
    if what == "short-for-a-server":
        return raised_by(lambda: TaskServer(key=SHORT).close()), "key"
    if what == "short-in-the-environment":
        monkeypatch.setenv("TASK_SERVER_KEY", SHORT.decode())
        return raised_by(find_key), "environment variable TASK_SERVER_KEY"
    if what != "missing":
        path.write_bytes(SHORT if what == "short" else KEY)
        path.chmod(0o644 if what == "readable" else 0o600)
    return raised_by(find_key, path), str(path)


def unnamed_key() -> bytes | BadKey:
    """Return the key that is found where no file is named, or why none is."""
    try:
        return find_key()
    except BadKey as error:
        return error


def commands_of(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of a command line's commands by their names."""
    (commands,) = (action for action in whole._actions if action.choices)  # noqa: SLF001 - no public way leads there
    return commands.choices  # type: ignore[return-value]


def options_of(whole: argparse.ArgumentParser) -> set[str]:
    """Return every option of the commands that have to do with a server."""
    commands = commands_of(whole)
    return {
        option
        for name in ("serve", "work", "status")
        for option in re.findall(r"--[a-z-]+", commands[name].format_help())
    }


def parser_that_takes_keys() -> argparse.ArgumentParser:
    """Make the library's parser, with an option for a key."""
    made = parser()
    commands_of(made)["work"].add_argument("--key")
    return made
