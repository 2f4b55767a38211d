"""A run that is interrupted ends with a partial report."""

from __future__ import annotations

import pytest

from spec.suite.running import Running


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["serially", "two workers"])
def test_an_interrupted_run_ends_with_a_partial_report(arguments, tmp_path):
    """An interrupted run reports what had ended, partially, and leaves neither process nor journal."""
    running = Running(tmp_path, *arguments)
    run = running.interrupt()

    assert run.verdicts == {"a-done": "CONFIRMED", "hanging": "NOT RUN"}
    assert run.record["run"]["partial"] is True
    assert run.status == pytest.ExitCode.INTERRUPTED
    assert running.whole.read_text() == "the last whole record"
    assert not list(running.whole.parent.glob("journal*"))
    assert "INTERNALERROR" not in run.output
    assert "UnraisableException" not in run.output
    running.wait_for_the_end()
