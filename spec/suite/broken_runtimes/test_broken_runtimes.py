"""A runtime that breaks one promise is told so by the claims that speak of it, and by no others."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from spec.suite.broken_runtimes.breakages import BREAKAGES, MODULES, entered_by
from spec.support.plugin import RUN_DIRECTORY

ROOT = Path(__file__).parents[3]
START_UP = Path(__file__).parent / "start_up"
# Saboteurs are left out: a runtime that is broken already may hide what they break.
OPTIONS = ["-q", "-p", "no:cacheprovider", "-m", "not measured", "-k", "not saboteur", "--deadline", "3"]
AT_LEISURE = ["--watch", "3"]  # on a busy machine what is broken may take its time to show


CASES = [pytest.param(module, name, id=name) for module in MODULES for name in entered_by(module)]


def outcomes(reports, selected, **environment):
    """Run the requirements selected, but for measured ones; return claim -> requirement -> outcome."""
    path = os.pathsep.join(map(str, [START_UP, ROOT] if environment else [ROOT]))
    # For all runs: whoever started this one may not want such files beside the sources.
    compiled_once = {"PYTHONPYCACHEPREFIX": f"{os.environ[RUN_DIRECTORY]}/compiled", "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *selected, *OPTIONS, "--reports", str(reports)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path} | compiled_once | environment,
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


def files_of(topics):
    """Return the claim files of some topics: of `lock`, each `test_lock_….py`; or of single claims."""
    found = (path for topic in topics for name in (f"{topic}_*", topic) for path in ROOT.glob(f"spec/*/test_{name}.py"))
    return sorted(map(str, found))


@pytest.fixture(scope="module")
def intact(tmp_path_factory):
    @cache
    def said(topic):
        told = outcomes(tmp_path_factory.mktemp("intact"), files_of([topic]))
        return {claim: requirements for claim, requirements in told.items() if claim.partition("-")[0] == topic}

    return said


def deviating(claims):
    return {claim for claim, requirements in claims.items() if "deviates" in requirements.values()}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("module", "name"), CASES)
def test_a_broken_promise_is_noticed_by_the_claims_that_speak_of_it(module, name, intact, tmp_path):
    """Under one broken promise the claims that speak of it deviate, and the others of their topics do as before."""
    breakage, broken = BREAKAGES[name], {"BROKEN_RUNTIME": f"{module}:{name}"}
    before = {claim: said for topic in breakage.topics for claim, said in intact(topic).items()}
    after = outcomes(tmp_path / "topics", files_of(breakage.topics), **broken)
    noticed = deviating(after)
    changed = {claim for claim in before if after[claim] != before[claim]}
    if silent := [path for claim in breakage.deviates - noticed for path in files_of([claim.replace("-", "_")])]:
        noticed |= deviating(outcomes(tmp_path / "silent", [*silent, *AT_LEISURE], **broken))

    assert breakage.deviates <= noticed
    assert noticed <= breakage.deviates | breakage.may_deviate
    assert changed <= noticed
