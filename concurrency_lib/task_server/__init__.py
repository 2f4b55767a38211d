"""The queue over the network: a server that leases tasks to workers anywhere, built on `multiprocessing.managers`.

- No result is lost: a task whose worker dies, or keeps it beyond its lease, goes to another; none is accepted twice.
  *Execution is at least once*: a task may be executed again, so let a second time do no harm. A result that comes
  after its lease has run out is accepted if no other came before, and refused otherwise.
- Queues are bounded: a master that sends faster than workers work, or than it collects, waits. Tasks and results
  travel in batches, which is where the speed comes from.
- Whatever goes wrong with one client, the server stays up, and says so in one line. Exceptions come back to the
  master with the worker's traceback. When the server closes, its workers hand in what they have done, and end.
- It listens on this machine alone unless it is told otherwise, and answers only who has the key. *Whoever has the
  key can run code of their choice* on server, masters and workers, because pickles travel, and in clear.

On each machine: `python -m concurrency_lib.task_server serve`, `work` or `status`; or TaskServer, Worker and Master.
"""

from __future__ import annotations

from concurrency_lib._remote import RemoteError, RemoteTraceback
from concurrency_lib.task_server.errors import (
    AddressUnavailable,
    BadKey,
    Closing,
    Full,
    NoServer,
    ServerGone,
    TaskLost,
    TaskServerError,
    WrongKey,
)
from concurrency_lib.task_server.keys import find_key
from concurrency_lib.task_server.mastering import Master, Result
from concurrency_lib.task_server.server import TaskServer
from concurrency_lib.task_server.working import Worker

__all__ = [
    "AddressUnavailable",
    "BadKey",
    "Closing",
    "Full",
    "Master",
    "NoServer",
    "RemoteError",
    "RemoteTraceback",
    "Result",
    "ServerGone",
    "TaskLost",
    "TaskServer",
    "TaskServerError",
    "Worker",
    "WrongKey",
    "find_key",
]
