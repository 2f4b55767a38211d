"""The task server's command line, without an ear for signals."""

from __future__ import annotations

import sys

from concurrency_lib.task_server import __main__ as library

if __name__ == "__main__":
    library.on_signals = lambda _: None
    sys.exit(library.main())
