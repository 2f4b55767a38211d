"""The run's journal: a line for everything observed, so that a run that is killed can still be told.

    python -m spec.support.journal reports/journal-20260102T030405-7f.jsonl

writes `partial.json` and `partial.html` beside the journal, from its lines; the last may be cut in half.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from spec.support.observations import Fault, Observations, Seen


class Journal:
    """Appears with its first entry, after a head that says which run it is; written by one process."""

    def __init__(self, path: Path, head: Callable[[], Mapping[str, Any]]) -> None:
        self.path, self._head, self._clock = path, head, time.monotonic()
        self._file: TextIO | None = None

    def enter(self, **entry: Any) -> None:
        """Add a line, and how many seconds after the start."""
        line = {**entry, "after": round(time.monotonic() - self._clock, 2)}
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a", encoding="ascii", buffering=1)
            self._file.write(json.dumps(self._head()) + "\n")
        self._file.write(json.dumps(line) + "\n")

    def remove(self) -> None:
        """Remove it: the record tells the same."""
        if self._file is not None:
            self._file.close()
        self.path.unlink(missing_ok=True)


def read(path: Path) -> tuple[dict[str, Any], Observations]:
    """Return a journal's head and what it observed, from its whole lines."""
    head: dict[str, Any] = {}
    observed = Observations()
    for line in path.read_text(encoding="ascii").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # the run was killed while it wrote this line
            continue
        head["seconds"] = entry.pop("after", 0.0)
        if "item" in entry:
            item = entry.pop("item")
            observed.seen[item] = Seen(**entry)
        elif "fault" in entry:
            observed.faults.append(Fault(**entry["fault"]))
        elif "defined" in entry:
            observed.defined |= entry["defined"]
        else:
            head |= entry
    return head, observed


def main(arguments: list[str]) -> int:
    """Publish the partial record of a run that could not do it itself."""
    from spec.support.collecting import welcome_modules  # noqa: PLC0415 - it needs pytest, a journal does not
    from spec.support.document import document_map  # noqa: PLC0415
    from spec.support.publishing import publish  # noqa: PLC0415
    from spec.support.records import record  # noqa: PLC0415

    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python -m spec.support.journal reports/journal-….jsonl", file=sys.stderr)
        return 2
    journal = Path(arguments[0])
    head, observed = read(journal)
    if "run" not in head:
        print(f"{journal}: not a journal: its first line does not say which run it was", file=sys.stderr)
        return 2
    root = Path(head["root"])
    modules = welcome_modules(root / head["claims"], root)
    run = head["run"] | {"partial": True, "seconds": head["seconds"]}
    print(f"report: {publish(record(run, document_map(), modules, observed), journal.parent)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
