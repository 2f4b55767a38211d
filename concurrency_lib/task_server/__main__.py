"""`python -m concurrency_lib.task_server serve|work|status`: the server and its workers, from the command line."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import TYPE_CHECKING

from concurrency_lib.task_server import TaskServer, TaskServerError, Worker, find_key
from concurrency_lib.task_server.keys import DEFAULT, VARIABLE
from concurrency_lib.task_server.links import Address, Link, written
from concurrency_lib.task_server.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DANGER = "whoever has the key can run code of their choice here, because pickles travel; and they travel in clear"
KEYS = f"The key is that of --key-file, else of the environment's {VARIABLE}, else of {DEFAULT}; `serve` makes one."


def main() -> int:
    """Do what the command line asks; return the exit code, 1 where something went wrong and was said."""
    options = parser().parse_args()
    try:
        options.command(options)
    except TaskServerError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what understands the command line."""
    whole = argparse.ArgumentParser(
        prog="python -m concurrency_lib.task_server", description=__doc__, epilog=f"{KEYS} Warning: {DANGER}."
    )
    commands = whole.add_subparsers(required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--address", type=address, default=("127.0.0.1", 7450), help="HOST:PORT (127.0.0.1:7450)")
    common.add_argument("--key-file", type=path, help="a file of mode 600")
    serving = commands.add_parser("serve", parents=[common], help="lease tasks, until SIGINT or SIGTERM")
    serving.add_argument("--lease", type=float, default=60.0, help="seconds; more than the longest task takes")
    serving.add_argument("--capacity", type=int, default=10_000, help="tasks and results that a master may have here")
    serving.add_argument("--attempts", type=int, default=5, help="leases without a result that fail a task")
    serving.set_defaults(command=serve)
    working = commands.add_parser("work", parents=[common], help="work, until the server closes, or a signal")
    working.add_argument("--batch", type=int, default=256, help="tasks that may be taken at a time")
    working.set_defaults(command=work)
    asking = commands.add_parser("status", parents=[common], help="ask a server how things stand")
    asking.set_defaults(command=status)
    return whole


def address(text: str) -> Address:
    """Read HOST:PORT."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"expected HOST:PORT, found {text!r}")
    return host, int(port)


def path(text: str) -> Path:
    """Read the name of a file."""
    from pathlib import Path  # noqa: PLC0415 - few commands are given one

    return Path(text)


def serve(options: argparse.Namespace) -> None:
    """Serve until a signal comes; show how things stand meanwhile."""
    key = find_key(options.key_file, make=True)
    told = threading.Event()
    on_signals(told.set)
    progress = Progress(sys.stdout)
    terms = {"lease": options.lease, "capacity": options.capacity, "attempts": options.attempts}
    with TaskServer(options.address, key=key, tell=progress.line, **terms) as server:
        for line in announced(server.address):
            progress.line(line)
        while not told.wait(1.0):
            progress.show(described(server.status()))
        progress.line("closing: the workers end after what they have in hand")
    progress.line(f"closed: {described(server.status())}")


def announced(where: Address) -> list[str]:
    """Return what to say as a server starts; more where others can reach it."""
    danger = [] if where[0].startswith("127.") else [f"warning: {DANGER}"]
    return [f"serving at {written(where)}", *danger]


def work(options: argparse.Namespace) -> None:
    """Work until the server closes, or a signal comes."""
    worker = Worker(options.address, find_key(options.key_file), batch=options.batch)
    on_signals(worker.stop)
    progress = Progress(sys.stdout)
    progress.line(f"working for {written(options.address)}")
    worker.run(lambda accepted: progress.show(f"{accepted} results accepted"))
    progress.line(f"ended: {worker.accepted} results accepted")


def status(options: argparse.Namespace) -> None:
    """Print how things stand."""
    with Link(options.address, find_key(options.key_file), "observer", "status") as link:
        for name, number in link.call("status").items():
            print(f"{name}: {number}")  # noqa: T201 - a command prints


def described(counts: dict[str, int]) -> str:
    """Write how things stand on one line."""
    return ", ".join(f"{name} {number}" for name, number in counts.items())


def on_signals(act: Callable[[], object]) -> None:
    """Do something at SIGINT and SIGTERM instead of ending at once."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: act())


if __name__ == "__main__":
    sys.exit(main())
