"""Checks everything, one step after another: `python -m spec.suite`."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]

STEPS = {
    "linter": ("ruff", "check"),
    "formatter": ("ruff", "format", "--check"),
    "type checker": ("mypy",),
    "the suite's specification": ("pytest", "spec/suite", "-n", "3"),
    "claims": ("pytest", "spec/", "-n", "2"),
}


def main(steps: Mapping[str, Sequence[str]] = STEPS) -> int:
    """Run every step, whatever became of the others; return 0 if all passed, else 1."""
    failed = [name for name, command in steps.items() if not _passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}")
    print(f"{len(steps) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _passes(name: str, command: Sequence[str]) -> bool:
    print(f"\n--- {name}: {shlex.join(command)}", flush=True)
    started = time.monotonic()
    status = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode
    print(f"--- {name}: {'failed' if status else 'passed'} after {time.monotonic() - started:.0f} s", flush=True)
    return status == 0


if __name__ == "__main__":
    raise SystemExit(main())
