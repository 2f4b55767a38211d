"""A worker that dies is a crash, a GIL that changed is a fault, and either makes the run red."""

from __future__ import annotations

import pytest

from spec.suite.trials import Trial

REQUIREMENT = '''
def test_it():
    """{name}: the thing is whole."""
    assert THING == "whole"
'''

GIL_CHANGES = """
def pytest_sessionstart():
    from spec.support import plugin
    plugin.gil_enabled = lambda: None
"""


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    trial = Trial(tmp_path_factory.mktemp("crashes"))
    trial.claim("crashing", REQUIREMENT.replace("assert", 'os._exit(3) if THING == "whole" else None\n    assert'))
    trial.claim("tidy", REQUIREMENT)
    trial.write("conftest.py", GIL_CHANGES)
    return trial.run("-n", "2")


def test_a_worker_that_dies_is_a_crash(crashed):
    """A worker's death is a crash of the item that it ran, and the other claims are run by its successor."""
    assert ("crash", "crashing.py::test_it") in crashed.faults
    assert crashed.status == pytest.ExitCode.TESTS_FAILED
    assert crashed.verdicts == {"crashing": "NOT RUN", "tidy": "CONFIRMED"}


def test_a_gil_that_changed_is_a_fault_of_every_process(crashed):
    """A GIL that is not at the end what it was at the start is a fault, told by workers too."""
    assert {where.split()[0] for kind, where in crashed.faults if kind == "gil changed"} == {"worker", "the"}


def test_a_gil_that_changed_makes_an_otherwise_green_run_red(trial):
    """A run whose only fault is the GIL is red."""
    trial.claim("tidy", REQUIREMENT)
    trial.write("conftest.py", GIL_CHANGES)
    run = trial.run()

    assert run.faults == {("gil changed", "the leading process")}
    assert run.status == pytest.ExitCode.TESTS_FAILED
