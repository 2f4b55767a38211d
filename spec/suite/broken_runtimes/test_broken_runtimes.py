"""A runtime that breaks one promise is told so by the claims that speak of it, and by no others."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from spec.suite.broken_runtimes.breakages import BREAKAGES, MODULES, entered_by

ROOT = Path(__file__).parents[3]
START_UP = Path(__file__).parent / "start_up"
# Saboteurs are left out: a runtime that is broken already may hide what they break.
OPTIONS = ["-q", "-p", "no:cacheprovider", "-m", "not measured", "-k", "not saboteur", "--deadline", "5"]
AT_LEISURE = ["--watch", "3"]  # on a busy machine what is broken may take its time to show


CASES = [
    pytest.param(chapter, f"{module}:{name}", id=name)
    for chapter, modules in MODULES.items()
    for module in modules
    for name in entered_by(module)
]


def outcomes(reports, selected, **environment):
    """Run the requirements selected, but for measured ones; return claim -> requirement -> outcome."""
    path = os.pathsep.join(map(str, [START_UP, ROOT] if environment else [ROOT]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *selected, *OPTIONS, "--reports", str(reports)],
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
    return cache(lambda chapter: outcomes(tmp_path_factory.mktemp("intact"), [f"spec/{chapter}"]))


def deviating(claims):
    return {claim for claim, requirements in claims.items() if "deviates" in requirements.values()}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("chapter", "breakage"), CASES)
def test_a_broken_promise_is_noticed_by_the_claims_that_speak_of_it(chapter, breakage, intact, tmp_path):
    """Under one broken promise the claims that speak of it deviate, and the chapter's others say what they said."""
    expected = BREAKAGES[breakage.partition(":")[2]]
    before = intact(chapter)
    broken = outcomes(tmp_path / "all", [f"spec/{chapter}"], BROKEN_RUNTIME=breakage)
    noticed = deviating(broken)
    changed = {claim for claim, requirements in broken.items() if requirements != before[claim]}
    if silent := [f"spec/{chapter}/test_{claim.replace('-', '_')}.py" for claim in expected.deviates - noticed]:
        noticed |= deviating(outcomes(tmp_path / "silent", [*silent, *AT_LEISURE], BROKEN_RUNTIME=breakage))

    assert expected.deviates <= noticed
    assert noticed <= expected.deviates | expected.may_deviate
    assert changed <= noticed
