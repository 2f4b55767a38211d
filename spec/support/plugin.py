"""The pytest plugin: where the suite's rooms meet pytest's hooks, and nothing else."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from spec.support import collecting, looping, running, telling, world
from spec.support.book import Book
from spec.support.claimfiles import is_claim_file
from spec.support.collecting import ClaimModule
from spec.support.dispositions import ignore_alone
from spec.support.garbage import spare_what_is_there
from spec.support.guardian import Guardian, mark_this_run
from spec.support.options import add_options, heed_options
from spec.support.publishing import write_atomically
from spec.support.running import PROCESS, TURNS
from spec.support.runtime import gil_enabled
from spec.support.turns import Turns
from spec.support.world import TOOK

BOOK = pytest.StashKey[Book]()
GUARDIAN = pytest.StashKey[Guardian]()
GIL = pytest.StashKey[bool]()
RUN_DIRECTORY = "CONCURRENCY_SPEC_TMP"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a reader may choose."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Prepare the run: its rooms, mark, guardian, folder, register and book."""
    for room in (collecting, looping, running, telling, world):
        config.pluginmanager.register(room)
    config.option.continue_on_collection_errors = True  # a refused module is a fault, not the end of the run
    heed_options(config)
    ignore_alone()
    collecting.start_register(config)
    vars(sys.modules["__main__"]).pop("__file__", None)  # spawned children would import all of pytest by it
    if not hasattr(config, "workerinput"):
        os.environ[RUN_DIRECTORY] = tempfile.mkdtemp(prefix="spec-")
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(_storage_of_hypothesis(config))
        config.stash[GUARDIAN] = Guardian(mark_this_run(), os.environ[RUN_DIRECTORY])
        config.stash[BOOK] = Book(config, _claims(config))
        config.pluginmanager.register(config.stash[BOOK], "spec-book")
    _move_temporary_files(Path(os.environ[RUN_DIRECTORY]))
    config.stash[TURNS] = Turns(Path(os.environ[RUN_DIRECTORY]))
    config.stash[GIL] = gil_enabled()
    config.stash[PROCESS] = os.getpid()
    config.stash[TOOK] = {}


def _storage_of_hypothesis(config: pytest.Config) -> Path:
    """Return where hypothesis keeps tables that take it half a second: pytest's cache, if this run has one."""
    with suppress(AttributeError, OSError):
        return config.cache.mkdir("hypothesis")
    return Path(os.environ[RUN_DIRECTORY], "hypothesis")


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
    return True if collection_path == suite and not _is_named(suite, config) else None


def _is_named(folder: Path, config: pytest.Config) -> bool:
    named = [Path(config.invocation_params.dir, str(arg).partition("::")[0]).resolve() for arg in config.args]
    return any(path.is_relative_to(folder) for path in named)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a chapter's test file as a claim."""
    if is_claim_file(module_path, _claims(parent.config)):
        module: ClaimModule = ClaimModule.from_parent(parent, path=module_path)
        return module
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Enter what is defined now: a run that is killed cannot do it at its end."""
    spare_what_is_there()
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
