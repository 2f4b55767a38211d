"""Keeps the run's book where reports arrive: in the only process, or in the one that leads the workers."""

from __future__ import annotations

import json
import multiprocessing
import os
import shlex
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from spec.support import capabilities, runtime
from spec.support.claimfiles import claim_files, is_in_chapter
from spec.support.collecting import welcome_modules
from spec.support.document import document_map
from spec.support.journal import Journal
from spec.support.observations import Fault, Observations, Seen
from spec.support.publishing import publish
from spec.support.records import record
from spec.support.telling import encodable, last_line, phase_fault, skip_reason, told_by


class Book:
    """Collects what every item said, journals it, and writes the record and the page at the end."""

    def __init__(self, config: pytest.Config, claims: Path) -> None:
        self.config, self.claims, self.observed = config, claims, Observations()
        self.reports = config.rootpath / (config.getoption("reports") or "reports")
        self.started, self._clock = datetime.now(UTC), time.monotonic()
        self.journal = Journal(self.reports / f"journal-{self.started:%Y%m%dT%H%M%S}-{os.getpid():x}.jsonl", self._head)
        self.page: Path | None = None
        self.record: dict[str, Any] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Enter one phase of one item."""
        told = told_by(report)
        if report.when == "call" and told:
            seen = Seen(told["kind"], told["reason"], round(report.duration, 4), told["evidence"], told["fault"])
            self._enter(report.nodeid, seen)
            if told["fault"]:
                self.enter_fault(report.nodeid, told["fault"], told["reason"])
        elif report.skipped and self._is_claims(report.nodeid):
            self._enter(report.nodeid, Seen("not applicable", skip_reason(report)))
        elif report.failed and self._is_claims(report.nodeid):
            fault = phase_fault(report)
            self.enter_fault(report.nodeid, fault, report.longreprtext)
            if self.observed.seen.get(report.nodeid, Seen("")).kind != "deviates":
                self._enter(report.nodeid, Seen("fault", encodable(f"{fault}: {last_line(report)}")))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Enter a module that was refused, or skipped as a whole, which nothing may be."""
        if not report.passed and self._is_claims(report.nodeid):
            self.enter_fault(report.nodeid, "refused module", report.longreprtext)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker tells when it ends."""
        output = getattr(node, "workeroutput", {})
        for where, kind, says in json.loads(output.get("spec_faults", "[]")):
            self.enter_fault(where, kind, says)

    def define(self, items: dict[str, list[str]]) -> None:
        """Enter which items each module defines, selected or not, as soon as a collection has ended."""
        self.observed.defined.update(items)
        if items:
            self.journal.enter(defined=items)

    def close(self, *, interrupted: bool) -> None:
        """Write the record and the page, unless nothing was observed; end the journal."""
        if self.observed.seen or self.observed.faults:
            modules = welcome_modules(self.claims, self.config.rootpath)
            run = self._run(partial=interrupted or not self._complete(modules))
            self.record = record(run, document_map(), modules, self.observed)
            self.page = publish(self.record, self.reports)
        self.journal.remove()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """End with what needs a look, the totals and the page."""
        if not self.record:
            return
        terminalreporter.section("concurrency specification")
        for fault in self.record["faults"]:
            terminalreporter.write_line(f"fault: {fault['kind']}: {fault['where']}", red=True)
        for claim in self.record["claims"]:
            if claim["verdict"] in ("DEVIATES", "INCONCLUSIVE"):
                terminalreporter.write_line(f"{claim['verdict'].lower()}: {claim['id']}: {claim['reason']}")
        totals = ", ".join(f"{count} {verdict}" for verdict, count in self.record["totals"].items() if count)
        whole = "partial run: " if self.record["run"]["partial"] else ""
        terminalreporter.write_line(f"{whole}{totals}; {len(self.record['faults'])} faults")
        terminalreporter.write_line(f"report: {self.page}")

    def enter_fault(self, where: str, kind: str, says: str) -> None:
        """Enter a fault, once however many workers tell it."""
        fault = Fault(where, kind, encodable(says.strip()))
        if fault not in self.observed.faults:
            self.observed.faults.append(fault)
            self.journal.enter(fault=vars(fault))

    def _enter(self, nodeid: str, seen: Seen) -> None:
        self.observed.seen[nodeid] = seen
        self.journal.enter(item=nodeid, **vars(seen))

    def _is_claims(self, nodeid: str) -> bool:
        """Whether a node stands in a chapter; the suite's own specification does not."""
        return is_in_chapter(self.config.rootpath / nodeid.partition("::")[0], self.claims)

    def _complete(self, welcome: Iterable[str]) -> bool:
        """Whether every claim's file was welcome and collected, and every item has ended."""
        files = {path.relative_to(self.config.rootpath).as_posix() for path in claim_files(self.claims)}
        items = {item for defined in self.observed.defined.values() for item in defined}
        return files == set(welcome) == set(self.observed.defined) and items <= set(self.observed.seen)

    def _head(self) -> dict[str, Any]:
        root = self.config.rootpath
        return {
            "run": self._run(partial=True),
            "root": str(root),
            "claims": self.claims.relative_to(root).as_posix(),
        }

    def _run(self, *, partial: bool) -> dict[str, Any]:
        start_method = self.config.getoption("start_method") or multiprocessing.get_start_method()
        asked = ({"name": each.says, "holds": each.holds, "reason": each.reason} for each in capabilities.ALL)
        return {
            **runtime.about("stdlib", start_method),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self._clock, 2),
            "command": shlex.join(["pytest", *self.config.invocation_params.args]),
            "partial": partial,
            "capabilities": list(asked),
        }
