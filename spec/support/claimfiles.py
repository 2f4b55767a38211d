"""Claim modules as files and as modules: which there are, what they are called, what they define."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from spec.support.claims import Claim, Saboteur, sentence

NO_CHAPTERS = {"support", "report", "suite"}


def claim_files(claims: Path) -> list[Path]:
    """List every claim module below the folder that holds the chapters."""
    return sorted(path for path in claims.glob("*/test_*.py") if is_claim_file(path, claims))


def is_claim_file(path: Path, claims: Path) -> bool:
    """Whether a test file stands in a chapter, and so must make a claim."""
    return path.parent.parent == claims and is_in_chapter(path, claims)


def is_in_chapter(path: Path, claims: Path) -> bool:
    """Whether a path is a chapter, or anywhere in one."""
    return claims in path.parents and path.relative_to(claims).parts[0] not in NO_CHAPTERS


def claim_id(path: Path) -> str:
    """Name a claim after its file."""
    return path.stem.removeprefix("test_").replace("_", "-")


def load(path: Path, claims: Path) -> ModuleType:
    """Import a claim module by its path."""
    return importlib.import_module(".".join(path.relative_to(claims.parent).with_suffix("").parts))


@dataclass(frozen=True)
class Requirement:
    """A test function of a claim module and its name within the module (`Class::function` inside a class)."""

    name: str
    function: Callable[..., Any]

    @property
    def says(self) -> str:
        """The line of the checklist."""
        return sentence(self.function)


def claim_of(module: ModuleType) -> Claim | None:
    """Return a module's claim, if it makes one."""
    claim = getattr(module, "claim", None)
    return claim if isinstance(claim, Claim) else None


def requirements_of(module: ModuleType) -> list[Requirement]:
    """List the requirements that a module defines, in its order."""
    return list(_requirements(vars(module)))


def _requirements(names: dict[str, Any], prefix: str = "") -> Iterable[Requirement]:
    for name, value in names.items():
        if name.startswith("Test") and isinstance(value, type):
            yield from _requirements(dict(vars(value)), f"{name}::")
        elif name.startswith("test") and callable(value):
            yield Requirement(prefix + name, value)


def saboteurs_of(module: ModuleType) -> dict[str, Saboteur]:
    """List the saboteurs that a module names, in its order."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Saboteur)}
