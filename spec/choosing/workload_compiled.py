"""The work in C, for claims that compare languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec.threads.busy_programs import compiled

SOURCE = Path(__file__).parent / "samples" / "workload_work.c"


def program_of(factory: pytest.TempPathFactory) -> str:
    """Compile it once for the whole run, in a folder of pytest's; return where it is."""
    folder = factory.getbasetemp() / "compiled_work"
    if not folder.exists():
        folder.mkdir()
        compiled(SOURCE, folder)
    return str(folder / SOURCE.stem)
