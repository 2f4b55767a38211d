"""What a run of a trial left: its record, read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """What a run of a trial left."""

    folder: Path
    status: int
    output: str

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record that it wrote: the partial one, if there is one."""
        partial = self.folder / "reports" / "partial.json"
        path = partial if partial.exists() else partial.with_name("conformance.json")
        assert path.exists(), self.output
        return json.loads(path.read_text(encoding="ascii"))

    @cached_property
    def claims(self) -> dict[str, dict[str, Any]]:
        """The record's claims by id."""
        return {claim["id"]: claim for claim in self.record["claims"]}

    @property
    def verdicts(self) -> dict[str, str]:
        """The record's verdicts by claim."""
        return {name: claim["verdict"] for name, claim in self.claims.items()}

    @property
    def faults(self) -> set[tuple[str, str]]:
        """The kind of each fault, and the file or item that it names."""
        return {(fault["kind"], fault["where"].removeprefix("trial/threads/test_")) for fault in self.record["faults"]}

    def requirement(self, claim: str, name: str) -> dict[str, Any]:
        """One requirement of a claim."""
        (found,) = (each for each in self.claims[claim]["requirements"] if each["id"].endswith(f"::test_{name}"))
        return found

    def saboteur(self, claim: str, name: str = "breaking_it") -> dict[str, Any]:
        """One saboteur of a claim."""
        (found,) = (each for each in self.claims[claim]["saboteurs"] if each["name"] == name)
        return found
