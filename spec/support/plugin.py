"""The pytest plugin: where the suite's rooms meet pytest's hooks, and nothing else."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import warnings
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from spec.support import collecting, telling, world
from spec.support.book import Book
from spec.support.claimfiles import is_claim_file
from spec.support.collecting import ClaimModule, SaboteurItem, claim_at
from spec.support.deadlines import A_WHILE, GENEROUS, set_deadline, set_watch
from spec.support.guardian import Guardian, mark_this_run
from spec.support.publishing import write_atomically
from spec.support.runtime import gil_enabled
from spec.support.telling import judge, tell
from spec.support.turns import Turns
from spec.support.world import HELD

BOOK = pytest.StashKey[Book]()
GUARDIAN = pytest.StashKey[Guardian]()
TURNS = pytest.StashKey[Turns]()
GIL = pytest.StashKey[bool]()
PROCESS = pytest.StashKey[int]()
RUN_DIRECTORY = "CONCURRENCY_SPEC_TMP"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a reader may choose."""
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


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the run: its rooms, mark, guardian, folder, register and book."""
    for room in (collecting, telling, world):
        config.pluginmanager.register(room)
    config.option.continue_on_collection_errors = True  # a refused module is a fault, not the end of the run
    set_deadline(config.getoption("deadline"))
    set_watch(config.getoption("watch"))
    collecting.start_register(config)
    vars(sys.modules["__main__"]).pop("__file__", None)  # spawned children would import all of pytest by it
    if not hasattr(config, "workerinput"):
        os.environ[RUN_DIRECTORY] = tempfile.mkdtemp(prefix="spec-")
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(os.environ[RUN_DIRECTORY], "hypothesis"))
        config.stash[GUARDIAN] = Guardian(mark_this_run(), os.environ[RUN_DIRECTORY])
        config.stash[BOOK] = Book(config, _claims(config))
        config.pluginmanager.register(config.stash[BOOK], "spec-book")
    _move_temporary_files(Path(os.environ[RUN_DIRECTORY]))
    config.stash[TURNS] = Turns(Path(os.environ[RUN_DIRECTORY]))
    config.stash[GIL] = gil_enabled()
    config.stash[PROCESS] = os.getpid()


def _move_temporary_files(run_directory: Path) -> None:
    """Give this process, and what it starts, a temporary folder of its own: what is left there is its leak.

    Names are short: multiprocessing puts a socket below it, whose path may have 107 bytes.
    """
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())  # where readers look for `tmp_path`
    tempfile.tempdir = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="", dir=run_directory)


def _claims(config: pytest.Config) -> Path:
    return config.rootpath / str(config.getini("claims"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the suite's own specification unless it is named."""
    suite = _claims(config) / "suite"
    named = [Path(config.invocation_params.dir, str(arg).partition("::")[0]).resolve() for arg in config.args]
    if collection_path == suite and not any(path.is_relative_to(suite) for path in named):
        return True
    return None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a chapter's test file as a claim."""
    if is_claim_file(module_path, _claims(parent.config)):
        module: ClaimModule = ClaimModule.from_parent(parent, path=module_path)
        return module
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Enter what is defined now: a run that is killed cannot do it at its end."""
    _spare_the_collector()
    if hasattr(session.config, "workerinput"):  # before the worker says that it has collected
        write_atomically(_defined_by_workers(), json.dumps(session.config.stash[collecting.DEFINED]))
    else:
        session.config.stash[BOOK].define(session.config.stash[collecting.DEFINED])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any) -> None:
    """Enter what a worker found; all of them find the same."""
    node.config.stash[BOOK].define(json.loads(_defined_by_workers().read_text(encoding="utf-8")))


def _defined_by_workers() -> Path:
    return Path(os.environ[RUN_DIRECTORY], "defined.json")


def _spare_the_collector() -> None:
    """Let what is there by now out of all later garbage collections, which then take no time."""
    gc.collect()
    with suppress(AttributeError):  # PyPy knows no such thing
        gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run measured items alone."""
    try:
        with item.config.stash[TURNS].turn(alone=item.get_closest_marker("measured") is not None):
            return (yield)
    finally:
        _end_unless_this_is_pytest(item.config)


def _end_unless_this_is_pytest(config: pytest.Config) -> None:
    """End a forked child that comes back from its item: the rest of the run is its parent's."""
    if os.getpid() != config.stash[PROCESS]:
        os._exit(70)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the probe's reason, what this runtime cannot do."""
    claim = claim_at(item)
    needs = [*(claim.needs if claim else ()), *getattr(getattr(item, "function", None), "needs", ())]
    for condition in needs:
        if not condition.holds:
            pytest.skip(condition.reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Turn the end of a claim's call phase into a judgement; other phases stay what they are."""
    _end_unless_this_is_pytest(item.config)
    claim = claim_at(item) if call.when == "call" else None
    error = call.excinfo.value if call.excinfo else None
    if call.when == "call":
        item.stash[HELD] = error is None
    if claim is None or isinstance(error, pytest.skip.Exception):
        return (yield)
    judgement = judge(item, claim, error)
    if isinstance(item, SaboteurItem):
        item.caught = judgement.kind == "caught"
    report = yield
    tell(item, report, judgement)
    return report


def pytest_keyboard_interrupt() -> None:
    """Keep quiet about what an interrupted item could not tidy up: the guardian does it."""
    warnings.simplefilter("ignore")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hand over to the leading process, or write the record; a fault makes the run red."""
    config = session.config
    changed = config.stash[GIL] != gil_enabled()
    gil = [(_process(config), "gil changed", f"on: {gil_enabled()}")] if changed else []
    if hasattr(config, "workeroutput"):
        config.workeroutput["spec_faults"] = json.dumps(gil)
        return
    book = config.stash[BOOK]
    for fault in gil:
        book.enter_fault(*fault)
    book.close(interrupted=exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR))
    if book.observed.faults and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _process(config: pytest.Config) -> str:
    worker = getattr(config, "workerinput", None)
    return f"worker {worker['workerid']}" if worker else "the leading process"
