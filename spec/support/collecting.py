"""Claim modules as pytest collects them: refused in one line, or with their saboteurs as items."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from spec.support.claimfiles import claim_files, claim_of, load
from spec.support.claims import Claim, Saboteur
from spec.support.document import document_map
from spec.support.refusals import Register

REGISTER = pytest.StashKey[Register]()
DEFINED = pytest.StashKey[dict[str, list[str]]]()  # by module: every item that it defines, selected or not
SABOTEUR = "saboteur:"


class ClaimModule(pytest.Module):
    """A claim's file."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        if reason := self.config.stash[REGISTER].refusal(self.path, self.obj):
            raise self.CollectError(f"{self.nodeid}: {reason}")
        self.config.stash[DEFINED].setdefault(self.nodeid, [])
        children = list(super().collect())
        for child in children:
            if isinstance(child, pytest.Class):
                list(child.collect())  # now, so that DEFINED knows its items even when none is selected
        return children


class SaboteurItem(pytest.Function):
    """A copy of the requirement that must catch a saboteur, run under sabotage by the ordinary protocol."""

    saboteur: Saboteur
    caught = False

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        """Describe a failure at length, which takes its time, only where it is not what the saboteur is for."""
        return excinfo.exconly() if self.caught else super().repr_failure(excinfo, *args)


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector: Any, name: str, obj: object) -> Generator[None, Any, Any]:
    """Turn a saboteur into its item, and note every item of a claim module."""
    made = yield
    if isinstance(obj, Saboteur):
        made = [_saboteur_item(collector, name, obj)]
    module = collector.getparent(ClaimModule)
    if module is not None and made is not None:
        items = made if isinstance(made, list) else [made]
        noted = module.config.stash[DEFINED].setdefault(module.nodeid, [])
        noted += [i.nodeid for i in items if isinstance(i, pytest.Item) and i.nodeid not in noted]
    return made


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let pytest know the marks by which claims name their properties."""
    function = getattr(item, "function", None)
    if hasattr(function, "measured"):
        item.add_marker(pytest.mark.measured)
    if reason := getattr(function, "slow", ""):
        item.add_marker(pytest.mark.slow(reason))


def _saboteur_item(collector: Any, name: str, saboteur: Saboteur) -> SaboteurItem:
    requirement = saboteur.caught_by
    case = collector.ihook.pytest_pycollect_makeitem(  # it expands parametrisation; one case is enough
        collector=collector, name=requirement.__name__, obj=requirement
    )[0]
    base = SABOTEUR + name
    item: SaboteurItem = SaboteurItem.from_parent(
        collector,
        name=case.name.replace(case.originalname, base, 1),
        originalname=base,
        callobj=case.obj,
        callspec=getattr(case, "callspec", None),
        fixtureinfo=case._fixtureinfo,  # noqa: SLF001 - the copy asks for the same fixtures
    )
    item.own_markers.extend(m for m in case.own_markers if m not in item.own_markers)
    item.saboteur = saboteur
    return item


def claim_at(item: pytest.Item) -> Claim | None:
    """Return the claim of an item's module."""
    module = item.getparent(pytest.Module)
    return claim_of(module.obj) if module else None


def welcome_modules(claims: Path, root: Path) -> dict[str, ModuleType]:
    """Load every claim module that is not refused, by its file as in node ids."""
    register = Register(document_map())
    found = {}
    for path in claim_files(claims):
        with suppress(Exception, pytest.skip.Exception):  # such a module was refused, which is a fault
            module = load(path, claims)
            if not register.refusal(path, module):
                found[path.relative_to(root).as_posix()] = module
    return found


def start_register(config: pytest.Config) -> None:
    """Prepare what collection fills."""
    config.stash[REGISTER] = Register(document_map())
    config.stash[DEFINED] = {}
