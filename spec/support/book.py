"""Keeps the run's book where reports arrive: in the only process, or in the one that leads the workers."""

from __future__ import annotations

import json
import multiprocessing
import platform
import shlex
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from spec.support import capabilities, runtime
from spec.support.claimfiles import claim_files, load
from spec.support.document import document_map
from spec.support.records import Fault, Observations, Seen, as_text, record, write_atomically

TOLD = "spec"  # the user property by which a judgement travels with pytest's report


class Book:
    """Collects what every item said, journals it, and writes the record and the page at the end."""

    def __init__(self, config: pytest.Config, claims: Path, observed: Observations) -> None:
        self.config, self.claims, self.observed = config, claims, observed
        self.reports = config.rootpath / "reports"
        self.started, self._clock = datetime.now(UTC), time.monotonic()
        self.journal = self.reports / f"journal-{self.started:%Y%m%dT%H%M%S}-{id(self):x}.jsonl"
        self.page: Path | None = None
        self.record: dict[str, Any] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Enter one phase of one item."""
        told = told_by(report)
        if report.when == "call" and told:
            seen = Seen(told["kind"], told["reason"], round(report.duration, 4), told["evidence"])
            self._enter(report.nodeid, seen)
            if told["fault"]:
                self._fault(report.nodeid, told["fault"], told["reason"])
        elif report.skipped and self._is_claim(report.nodeid):
            self._enter(report.nodeid, Seen("not applicable", _skip_reason(report)))
        elif report.failed and self._is_claim(report.nodeid):
            self._fault(report.nodeid, _phase_fault(report), report.longreprtext)
            if self.observed.seen.get(report.nodeid, Seen("")).kind != "deviates":
                self._enter(report.nodeid, Seen("fault", f"{_phase_fault(report)}: {_last_line(report.longreprtext)}"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Enter a module that was refused, once however many workers refuse it."""
        if report.failed:
            self._fault(report.nodeid, "refused module", report.longreprtext)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take over what a worker tells when it ends."""
        output = getattr(node, "workeroutput", {})
        self.observed.defined |= json.loads(output.get("spec_defined", "{}"))
        for where, kind, says in json.loads(output.get("spec_faults", "[]")):
            self._fault(where, kind, says)

    def close(self, *, interrupted: bool) -> None:
        """Write the record, the page, and end the journal."""
        modules = self._modules()
        partial = interrupted or not self._complete(modules)
        self.record = record(self._run(partial=partial), document_map(), modules.items(), self.observed, self.config.rootpath)
        text = as_text(self.record)
        stem = "partial" if partial else "conformance"
        if not partial:
            write_atomically(self.reports / "runs" / f"{self.record['run']['id']}.json", text)
        write_atomically(self.reports / f"{stem}.json", text)
        self.page = self._render(self.reports / f"{stem}.html")
        self.journal.unlink(missing_ok=True)

    def _render(self, page: Path) -> Path:
        from spec.report.render import render  # noqa: PLC0415 - only the leading process renders

        write_atomically(page, render(self.record))
        return page

    def _enter(self, nodeid: str, seen: Seen) -> None:
        self.observed.seen[nodeid] = seen
        self._journal({"item": nodeid, **vars(seen)})

    def _fault(self, where: str, kind: str, says: str) -> None:
        fault = Fault(where, kind, says.strip())
        if fault not in self.observed.faults:
            self.observed.faults.append(fault)
            self._journal({"fault": vars(fault)})

    def _journal(self, entry: Mapping[str, Any]) -> None:
        self.journal.parent.mkdir(exist_ok=True)
        fresh = not self.journal.exists()
        with self.journal.open("a", encoding="utf-8") as file:
            if fresh:
                file.write(json.dumps({"run": self._run(partial=True)}) + "\n")
            file.write(json.dumps(entry) + "\n")

    def _is_claim(self, nodeid: str) -> bool:
        chapter, _, _ = nodeid.partition("::")[0].rpartition("/")
        return (self.config.rootpath / chapter).parent == self.claims

    def _modules(self) -> dict[Path, ModuleType]:
        found = {}
        for path in claim_files(self.claims):
            with suppress(Exception):  # a module that cannot be imported was refused, which is a fault already
                found[path] = load(path, self.claims)
        return found

    def _complete(self, modules: Mapping[Path, ModuleType]) -> bool:
        files = {path.relative_to(self.config.rootpath).as_posix() for path in claim_files(self.claims)}
        items = {item for defined in self.observed.defined.values() for item in defined}
        return files == set(self.observed.defined) and items <= set(self.observed.seen) and len(modules) == len(files)

    def _run(self, *, partial: bool) -> dict[str, Any]:
        start_method = self.config.getoption("start_method") or multiprocessing.get_start_method()
        return {
            "id": runtime.identity("stdlib", start_method),
            "interpreter": runtime.interpreter(),
            "gil": runtime.gil_enabled(),
            "drop_in": "stdlib",
            "start_method": start_method,
            "platform": platform.platform(),
            "cores": runtime.usable_cores(),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self._clock, 2),
            "command": shlex.join(["pytest", *self.config.invocation_params.args]),
            "partial": partial,
            "capabilities": [
                {"name": c.says, "holds": c.holds, "reason": c.reason} for c in capabilities.ALL
            ],
            "packages": runtime.packages(),
        }


def told_by(report: pytest.TestReport) -> dict[str, Any]:
    """Return the judgement that travels with a report; empty where there is none."""
    told: dict[str, Any] = json.loads(str(dict(report.user_properties).get(TOLD, "{}")))
    return told


def _phase_fault(report: pytest.TestReport) -> str:
    if "left behind: " in report.longreprtext and report.when == "teardown":
        return "leak"
    return {"setup": "set-up", "teardown": "tear-down"}.get(str(report.when), "crash")


def _skip_reason(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    return str(reason).removeprefix("Skipped: ")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]

