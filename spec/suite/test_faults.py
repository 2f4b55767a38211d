"""What is wrong with the suite is a fault: red, named by kind and place, and never a verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spec.suite.faulty_claims import BYSTANDERS, CASES
from spec.suite.trials import Trial
from spec.support.deadlines import LEAST, wait_until


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    trial = Trial(tmp_path_factory.mktemp("faults"))
    for name, case in CASES.items():
        trial.claim(name, case.body, ruling=case.ruling)
    for name, body in BYSTANDERS.items():
        trial.claim(name, body)
    return trial.run("--deadline", "0.3")


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_named_by_kind_and_place(name, run):
    """A fault is entered once, with its kind, the item where it happened, and what is wrong."""
    case = CASES[name]
    (fault,) = (each for each in run.record["faults"] if each["where"] == f"trial/threads/test_{name}.py::{case.item}")

    assert fault["kind"] == case.kind
    assert case.says in fault["says"]


@pytest.mark.parametrize("name", CASES)
def test_a_claim_at_fault_counts_as_not_run(name, run):
    """A claim with a fault among its items has no verdict but NOT RUN, and a reason."""
    claim = run.claims[name.replace("_", "-")]

    assert claim["verdict"] == "NOT RUN"
    assert claim["reason"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.kind == "uncaught saboteur"])
def test_an_uncaught_saboteur_is_recorded_as_not_caught(name, run):
    """A saboteur that goes unnoticed is recorded as not caught, whether it breaks or restores."""
    told = run.saboteur(name.replace("_", "-"))

    assert (told["outcome"], told["caught"]) == ("not caught", False)


@pytest.mark.parametrize("name", BYSTANDERS)
def test_faults_of_others_leave_a_claim_alone(name, run):
    """A claim beside others that are at fault is confirmed, and blamed for nothing that they left behind."""
    assert run.claims[name.replace("_", "-")]["verdict"] == "CONFIRMED"
    assert not any(where.startswith(f"{name}.py") for _, where in run.faults)


def test_a_forked_child_that_comes_back_goes_no_further(run):
    """A child that an item forked, and that comes back from it, reports nothing and runs nothing more."""
    ended = run.output.partition("test_a_child_comes_back.py ")[2].splitlines()[0].split()[0]

    assert ended == "..c"


def test_a_missed_deadline_is_a_catch_where_it_was_declared(run):
    """A missed deadline catches a saboteur that is declared to hang."""
    assert run.saboteur("hanging-as-declared")["outcome"] == "caught"


def test_faults_make_a_run_red(run):
    """A run with faults ends with the exit status of a failed run, and tells how many there are."""
    assert run.status == pytest.ExitCode.TESTS_FAILED
    assert f"{len(run.faults)} faults" in run.output


def test_a_saboteur_that_hangs_is_given_up_in_proportion(run):
    """How long a requirement took unbroken says how soon its saboteur counts as hanging."""
    told = run.saboteur("hanging-where-all-was-quick")

    assert told["reason"] == f"Overdue: not within {LEAST:g} s: the thing"


def test_shared_memory_that_was_left_goes_after_the_run(run):
    """What a run left in shared memory is removed when the run has ended."""
    (fault,) = (each for each in run.record["faults"] if "left_shared_memory" in each["where"])
    (left,) = set(re.findall(r"/dev/shm/\w+", fault["says"]))

    wait_until(lambda: not Path(left).exists(), f"the end of {left}")
