"""A runtime that breaks one promise is told so by the claims that speak of it, and by no others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spec.suite.broken_runtimes.breakages import BREAKAGES

ROOT = Path(__file__).parents[3]
START_UP = Path(__file__).parent / "start_up"


def verdicts(reports, **environment):
    """Run all but the measured claims; return claim -> verdict, and the faults outside of deviating claims."""
    command = [sys.executable, "-m", "pytest", "spec", "-q", "-m", "not measured", "--reports", str(reports)]
    path = os.pathsep.join([str(START_UP), str(ROOT)]) if environment else str(ROOT)
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path} | environment, capture_output=True, text=True, check=False
    )
    record = reports / "partial.json"
    assert record.exists(), done.stdout[-3000:] + done.stderr[-3000:]
    claims = json.loads(record.read_text())["claims"]
    return {claim["id"]: claim["verdict"] for claim in claims}


@pytest.fixture(scope="session")
def intact(tmp_path_factory):
    return verdicts(tmp_path_factory.mktemp("intact"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_promise_is_noticed_by_the_claims_that_speak_of_it(name, intact, tmp_path):
    """Under one broken promise exactly the claims that speak of it deviate; the others say what they said before."""
    broken = verdicts(tmp_path, BROKEN_RUNTIME=name)
    deviating = {claim for claim, verdict in broken.items() if verdict == "DEVIATES"}
    changed = {claim for claim, verdict in broken.items() if verdict != intact[claim]}

    assert deviating == BREAKAGES[name].deviates
    assert changed == deviating
