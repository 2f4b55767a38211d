"""Writes what a run produced: the record, and the page that is rendered from it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def publish(entry: Mapping[str, Any], reports: Path) -> Path:
    """Write a record and its page; return the page.

    A whole run's are `conformance.*`, and its record is kept among `runs/` too; a partial run's are
    `partial.*` only.
    """
    from spec.report import render  # noqa: PLC0415 - only the leading process renders

    text = as_text(entry)
    stem = "partial" if entry["run"]["partial"] else "conformance"
    if not entry["run"]["partial"]:
        write_atomically(reports / "runs" / f"{entry['run']['id']}.json", text)
    write_atomically(reports / f"{stem}.json", text)
    page = reports / f"{stem}.html"
    write_atomically(page, render(entry))
    return page


def write_atomically(path: Path, text: str) -> None:
    """Replace a file as a whole, so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def as_text(entry: Mapping[str, Any]) -> str:
    """Write a record as ASCII JSON, whatever characters a runtime came up with."""
    return json.dumps(entry, indent=1) + "\n"
