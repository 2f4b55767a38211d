"""The task server's commands at work: how they get tasks done together and end, and what they show meanwhile."""

from __future__ import annotations

import io
import operator
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from concurrency_lib.task_server import Master, progress
from spec.distributed.tasking import KEY
from spec.distributed.tasking_commands import Command, command


class Finished(NamedTuple):
    """What came of a server's command and two workers': the values of the tasks, and what a look at the server told."""

    values: list[int]
    asked: Any
    commands: dict[str, Command]

    @property
    def codes(self) -> list[int]:
        """The exit codes, the server's first."""
        return [each.process.returncode for each in self.commands.values()]

    def accepted(self) -> int:
        """Return of how many results the workers say at their end that they were accepted."""
        workers = [each for name, each in self.commands.items() if name != "serve"]
        return sum(int(each.says("ended:").split()[1]) for each in workers)


def finish(tasks: int, folder: Path, ask: Callable[[str], Any]) -> Finished:
    """Start a server and two workers; when the tasks are done stop one worker, ask after them, and stop the server."""
    with command("serve", "--address", "127.0.0.1:0", "--key-file", str(key_in(folder))) as server:
        where = server.says("serving at").split()[-1]
        with command("work", "--address", where) as worker, command("work", "--address", where) as other:
            for each in (worker, other):
                each.says("working for")
            host, _, port = where.rpartition(":")
            with Master((host, int(port)), KEY) as master:
                values = list(master.map(operator.neg, range(tasks)))
            other.process.send_signal(signal.SIGTERM)
            other.end()
            asked = ask(where)
            server.process.send_signal(signal.SIGTERM)
            worker.end()
            server.end()
    return Finished(values, asked, {"serve": server, "work": worker, "work, stopped": other})


def key_in(folder: Path) -> Path:
    """Write the key to a file for its owner alone."""
    key = folder / "key"
    key.write_bytes(KEY)
    key.chmod(0o600)
    return key


def shown(*, terminal: bool) -> str:
    """Begin and end with a line, with three states between them, the first two the same; return what was written."""
    stream = io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    its = progress.Progress(stream)
    its.line("serving")
    for state in ("waiting 3", "waiting 3", "waiting 2"):
        its.show(state)
        its.due = 0.0 if terminal else its.due
    its.line("closing")
    return stream.getvalue()
