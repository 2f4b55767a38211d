"""The world that an item finds: its fixtures, its sabotage, and the check that it left nothing behind."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from spec.support.clean_room import CleanRoom, Sabotaged
from spec.support.collecting import SaboteurItem
from spec.support.contexts import context_for
from spec.support.deadlines import impatience, patience
from spec.support.evidence import Evidence
from spec.support.leaks import clear_away, left_behind, look
from spec.support.sabotage import Sabotage, begun

SABOTAGE = pytest.StashKey[Sabotage]()
EVIDENCE = pytest.StashKey[Evidence]()
ROOM = pytest.StashKey[CleanRoom]()
TOOK = pytest.StashKey[dict[Callable[..., Any], float]]()  # by requirement: seconds that it took here, if it has run
HELD = pytest.StashKey[bool]()  # whether the call phase ended without an error; absent where it did not end


@pytest.fixture(autouse=True)
def _world(request: pytest.FixtureRequest, _warm: None) -> Iterator[None]:
    """First of the narrow fixtures: wider ones stay honest, and what other narrow ones leave is seen."""
    item = request.node
    if room := item.config.stash.get(ROOM, None):
        room.mend()
    before = look()
    with ExitStack() as undo:
        patch = undo.enter_context(pytest.MonkeyPatch.context())
        item.stash[SABOTAGE] = sabotage = Sabotage(patch, request.module)
        if isinstance(item, SaboteurItem):
            undo.enter_context(begun())
            item.saboteur.break_it(sabotage)
            if item.saboteur.hangs:
                took = item.config.stash[TOOK].get(item.saboteur.caught_by)
                undo.enter_context(impatience(patience(took)))
        yield
    if HELD not in item.stash:  # its set-up failed, or it was interrupted: that is what there is to say
        clear_away(before)
        return
    failed = isinstance(item, SaboteurItem) or not item.stash[HELD]
    if left := left_behind(before, may_be_cleared=failed):
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


@pytest.fixture(scope="session")
def _warm() -> None:
    """Start what the standard library starts once a process and keeps: it is nobody's leak."""
    from multiprocessing import resource_tracker, util  # noqa: PLC0415 - absent where there are no processes

    util.get_temp_dir()
    resource_tracker.ensure_running()
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver  # noqa: PLC0415

        forkserver.ensure_running()


@pytest.fixture(scope="session")
def start_method(pytestconfig: pytest.Config) -> str:
    """The start method of this run: the one asked for, or the runtime's default."""
    return pytestconfig.getoption("start_method") or multiprocessing.get_start_method()


@pytest.fixture
def mp_context(request: pytest.FixtureRequest, start_method: str) -> Any:
    """A multiprocessing context; what it starts carries this item's sabotage."""
    return context_for(start_method, request.node.stash[SABOTAGE].in_children)


@pytest.fixture(params=["fork", "forkserver", "spawn"])
def every_context(request: pytest.FixtureRequest) -> Any:
    """A multiprocessing context of each start method in turn."""
    if request.param not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this runtime has no start method {request.param}")
    return context_for(request.param, request.node.stash[SABOTAGE].in_children)


@pytest.fixture(scope="session")
def _room(pytestconfig: pytest.Config) -> Iterator[CleanRoom]:
    pytestconfig.stash[ROOM] = room = CleanRoom()
    yield room
    room.close()


@pytest.fixture
def clean_room(request: pytest.FixtureRequest, _room: CleanRoom) -> Sabotaged:
    """Run functions of light modules in fresh, single-threaded forks: `clean_room.run(function, *args)`."""
    return Sabotaged(_room, request.node.stash[SABOTAGE].in_children)


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Evidence:
    """What this requirement has to show."""
    shown: Evidence = request.node.stash.setdefault(EVIDENCE, Evidence())
    return shown
