"""A task server in threads of this process."""

from __future__ import annotations

from typing import Self

from concurrency_lib.task_server.desk import Desk
from concurrency_lib.task_server.errors import AddressUnavailable
from concurrency_lib.task_server.keys import checked
from concurrency_lib.task_server.leases import Leases
from concurrency_lib.task_server.links import HANDSHAKE, SILENCE, Address, written
from concurrency_lib.task_server.serving import Serving, Tell


def log(line: str) -> None:
    """Log a line of what happens."""
    from logging import getLogger  # noqa: PLC0415 - workers and masters, which import this too, never log

    getLogger(__name__).warning(line)


class TaskServer:
    """A server for tasks, until `close` or the end of the block; `address` says where it listens.

    It listens on this machine alone unless it is given another address; port 0 is any free port. A task is leased
    for `lease` seconds: choose more than the longest takes. After `attempts` leases without a result it ends in
    TaskLost. A master may have `capacity` tasks and results here. `tell` is called with each line of what happens.
    """

    def __init__(  # noqa: PLR0913 - all have defaults
        self,
        address: Address = ("127.0.0.1", 0),
        *,
        key: bytes,
        lease: float = 60.0,
        capacity: int = 10_000,
        attempts: int = 5,
        tell: Tell = log,
        handshake: float = HANDSHAKE,
        silence: float = SILENCE,
    ) -> None:
        self.desk = Desk(Leases(lease, capacity, attempts), tell)
        self._tell = tell
        try:
            its_key = checked(key, "key")
            self.serving = Serving(address, its_key, self.desk, tell, handshake=handshake, silence=silence)
        except (OSError, OverflowError) as error:  # the latter of a port that cannot be
            told = f"{written(address)}: expected an address to listen at, found {error}; choose another port"
            raise AddressUnavailable(told) from error
        self.address: Address = self.serving.address  # type: ignore[assignment]

    def status(self) -> dict[str, int]:
        """Return how many tasks, results and clients there are, by name."""
        return self.desk.status()

    def close(self, grace: float = 5.0) -> None:
        """Tell the workers to end, wait up to `grace` seconds for what they have in hand, and stop."""
        for late in self.desk.close(grace):
            self._tell(f"{late}: expected its end within {grace:g} s, found it at work; its connection is cut")
        self.serving.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
