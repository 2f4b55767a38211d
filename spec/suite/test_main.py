"""The command that checks everything runs every step and ends with their count."""

from __future__ import annotations

from spec.suite.__main__ import STEPS, main

PASSES, FAILS = ("platform",), ("json.tool", "no-such-file")


def test_every_step_is_run_whatever_became_of_the_others(capfd):
    """A step that fails keeps no other from running; the failed are named, and counted in the last line."""
    status = main({"one": PASSES, "two": FAILS, "three": PASSES})
    lines = capfd.readouterr().out.splitlines()

    assert status == 1
    assert [line for line in lines if line.startswith("--- ") and line.endswith(("platform", "no-such-file"))] == [
        "--- one: platform",
        "--- two: json.tool no-such-file",
        "--- three: platform",
    ]
    assert lines[-2:] == ["failed: two", "2 passed, 1 failed"]


def test_all_that_passes_ends_with_status_zero(capfd):
    """Where every step passes the status is zero, and the last line counts them."""
    assert main({"one": PASSES, "two": PASSES}) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 0 failed"


def test_the_steps_are_those_of_the_readme():
    """The linter, the formatter, the type checker, the suite's own specification and the claims run in this order."""
    assert [command[0] for command in STEPS.values()] == ["ruff", "ruff", "mypy", "pytest", "pytest"]
    assert [command[1] for command in STEPS.values() if command[0] == "pytest"] == ["spec/suite", "spec/"]
