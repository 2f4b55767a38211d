"""The part of a main module that starts processes is guarded, so that their import of it starts none."""

import pytest

from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="主模块里启动进程的那部分要放在判断保护之下，这样子进程导入主模块时才不会再执行它。",
    decides={"mp.main-guard": 77},
    ruling=Holds(),
    needs=[can_start_programs, can_start_processes],
)

METHODS = ["spawn", "forkserver", "fork"]
GUARD = 'if __name__ == "__main__":'
GUARDED = sample(__file__, "mp_guarded")
UNGUARDED = GUARDED.replacing(GUARD, "if True:")


@pytest.mark.parametrize("method", METHODS)
def test_guarded_part_runs_once(method, evidence):
    """A child that is not forked runs the top level again, under another name, and never the guarded part."""
    ran = run(GUARDED, method).show(evidence, f"guarded: {method}")
    imported = ran.lines.count("top level of __mp_main__")

    assert [line for line in ran.lines if "__mp_main__" not in line] == [
        "top level of __main__",
        "guarded part",
        "the child at work",
    ]
    assert imported == (0 if method == "fork" else 1)


@pytest.mark.parametrize("method", METHODS)
def test_unguarded_part_is_refused_unless_forked(method, evidence):
    """Without the guard a forked child works as ever, and any other ends in RuntimeError before its work."""
    ran = run(UNGUARDED, method).show(evidence, f"unguarded: {method}")
    forked = method == "fork"

    assert ("the child at work" in ran.lines) == forked
    assert ("RuntimeError" in ran.errors) == (not forked)


@saboteur(caught_by=test_guarded_part_runs_once)
def guard_that_lets_everyone_in(patch):
    """The condition of the guard is true in the child as well."""
    patch.here(GUARDED=UNGUARDED)


@saboteur(caught_by=test_unguarded_part_is_refused_unless_forked)
def child_that_never_imports_the_main_module(patch):
    """The child does without the main module's top level."""
    patch.here(UNGUARDED=GUARDED)
