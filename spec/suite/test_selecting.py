"""However its items are chosen or ordered, a run says what it left out, and that it is partial."""

from __future__ import annotations

import random

import pytest

from spec.suite.selectable_claims import OPEN, PATH, SELECTIONS, WHOLE, make

SHUFFLED = """
import random


def pytest_collection_modifyitems(items):
    random.Random({seed}).shuffle(items)
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return make(tmp_path_factory.mktemp("selecting"))


def texts(reports):
    return {path.name: path.read_bytes() for path in reports.rglob("*") if path.is_file() and path.stem != "partial"}


@pytest.fixture(scope="module")
def whole(trial):
    return trial.run("-p", "cacheprovider")


@pytest.fixture(scope="module")
def kept(trial, whole):
    """What a whole run wrote, which no partial run may touch."""
    assert whole.record["run"]["partial"] is False
    return texts(trial.folder / "reports")


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_is_left_out_was_not_run(name, trial, kept):
    """A claim has a verdict only if all its items ran; a deviation needs but one."""
    arguments, verdicts = SELECTIONS[name]
    run = trial.run(*arguments)
    partial = trial.folder / "reports" / "partial.json"

    assert partial.exists() == (verdicts is not None), run.output
    if verdicts:
        assert run.verdicts == verdicts
        assert run.record["run"]["partial"] is True
        assert "partial run: " in run.output
    assert texts(trial.folder / "reports") == kept


def test_a_selected_saboteur_runs(trial, whole):
    """A saboteur runs under its node id, and is caught though its requirement was not selected."""
    run = trial.run(f"{PATH}/test_bees.py::saboteur:breaking_it")

    assert run.saboteur("bees")["outcome"] == "caught"
    assert run.requirement("bees", "each")["outcome"] == "not run"
    assert "1 saboteurs caught" in run.output


def test_a_whole_run_gives_every_claim_its_verdict(whole):
    """A run that left nothing out has a verdict for each claim and is not partial."""
    assert whole.verdicts == WHOLE
    assert whole.status == pytest.ExitCode.TESTS_FAILED
    assert "\n3 CONFIRMED, 1 DEVIATES; 0 faults\n" in whole.output


def test_the_chapters_folder_named_is_a_whole_run(trial):
    """Naming the folder of all chapters is a whole run, and so is naming each of its files."""
    named = [str(path.relative_to(trial.folder)) for path in (trial.folder / PATH).glob("test_*.py")]

    assert trial.run("trial").record["run"]["partial"] is False
    assert trial.run(*named).record["run"]["partial"] is False


@pytest.mark.parametrize("seed", random.Random(0).sample(range(100), 2))
def test_verdicts_are_the_same_in_any_order(seed, tmp_path):
    """Verdicts do not depend on the order in which items run."""
    trial = make(tmp_path)
    trial.write("conftest.py", SHUFFLED.format(seed=seed))

    assert trial.run().verdicts == WHOLE


def test_a_green_run_ends_well(tmp_path):
    """A run without deviations and faults ends with status zero, open questions notwithstanding."""
    trial = make(tmp_path)
    trial.claim("cows", OPEN)
    run = trial.run()

    assert run.verdicts["cows"] == "INCONCLUSIVE"
    assert run.status == pytest.ExitCode.OK


def test_the_suites_own_specification_runs_only_when_named(tmp_path):
    """What stands in `suite` is left out unless named, makes no claim, and writes no record."""
    trial = make(tmp_path)
    trial.write("trial/suite/__init__.py", "")
    trial.write("trial/suite/test_own.py", 'def test_own():\n    """It fails."""\n    assert 0\n')
    own = trial.run("trial/suite")

    assert "1 failed" in own.output
    assert own.status == pytest.ExitCode.TESTS_FAILED
    assert not list(tmp_path.glob("reports/*"))
    assert "test_own.py" not in trial.run().output


def test_listing_the_items_leaves_no_report(tmp_path):
    """Collecting alone runs nothing and writes nothing."""
    trial = make(tmp_path)
    run = trial.run("--collect-only", "-q")

    assert f"{PATH}/test_apples.py::saboteur:breaking_it" in run.output.splitlines()
    assert not (tmp_path / "reports").exists() or not list((tmp_path / "reports").iterdir())
