"""What a reader may choose on the command line."""

from __future__ import annotations

import pytest

from spec.support.deadlines import A_WHILE, GENEROUS, set_deadline, set_watch


def add_options(parser: pytest.Parser) -> None:
    """Add them to those of pytest."""
    group = parser.getgroup("concurrency specification")
    group.addoption(
        "--start-method",
        choices=("fork", "forkserver", "spawn"),
        help="how multiprocessing starts processes (default: as this runtime does)",
    )
    group.addoption(
        "--deadline",
        type=float,
        default=GENEROUS,
        metavar="SECONDS",
        help="how long anything may take before it counts as overdue (default: %(default)s)",
    )
    group.addoption(
        "--watch",
        type=float,
        default=A_WHILE,
        metavar="SECONDS",
        help="how long to watch that what was ruled out does not happen (default: %(default)s)",
    )
    group.addoption("--reports", metavar="DIR", help="where to write what the run produces (default: reports)")
    parser.addini("claims", "the folder that holds the chapters", default="spec")


def heed_options(config: pytest.Config) -> None:
    """Set in this process what was chosen for the whole run."""
    set_deadline(config.getoption("deadline"))
    set_watch(config.getoption("watch"))
