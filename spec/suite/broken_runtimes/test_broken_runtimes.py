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
# Saboteurs are left out: a runtime that is broken already may hide what they break.
OPTIONS = ["-q", "-n", "2", "-p", "no:cacheprovider", "-m", "not measured", "-k", "not saboteur", "--deadline", "3"]


def outcomes(reports, **environment):
    """Run the requirements of all claims, but for measured ones; return claim -> requirement -> outcome."""
    path = os.pathsep.join(map(str, [START_UP, ROOT] if environment else [ROOT]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "spec", *OPTIONS, "--reports", str(reports)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    record = reports / "partial.json"
    assert record.exists(), f"no record:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return {
        claim["id"]: {requirement["id"]: requirement["outcome"] for requirement in claim["requirements"]}
        for claim in json.loads(record.read_text())["claims"]
    }


@pytest.fixture(scope="module")
def intact(tmp_path_factory):
    return outcomes(tmp_path_factory.mktemp("intact"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_promise_is_noticed_by_the_claims_that_speak_of_it(name, intact, tmp_path):
    """Under one broken promise the claims that speak of it deviate, and the others say what they said before."""
    broken = outcomes(tmp_path, BROKEN_RUNTIME=name)
    deviating = {claim for claim, requirements in broken.items() if "deviates" in requirements.values()}
    changed = {claim for claim, requirements in broken.items() if requirements != intact[claim]}

    breakage = BREAKAGES[name]

    assert breakage.deviates <= deviating <= breakage.deviates | breakage.may_deviate
    assert changed == deviating
