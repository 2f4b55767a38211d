"""Fixtures of the suite's own specification."""

from __future__ import annotations

import pytest

from spec.suite.trials import Trial


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Make an empty project, one for a module."""
    return Trial(tmp_path_factory.mktemp("trial"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep a module's items on one worker, since they share its runs; each broken runtime goes where there is time."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - only where pytest-xdist is at work

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return nodeid if "broken_runtimes" in nodeid else super()._split_scope(nodeid)

    return Scheduling(config, log)
