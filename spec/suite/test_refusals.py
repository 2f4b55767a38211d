"""A claim module that lacks a part is refused in one plain line, and nothing else is kept from running."""

from __future__ import annotations

import pytest

from spec.suite.refused_modules import REFUSED, WHOLE, broken


@pytest.fixture(scope="module")
def run(trial):
    for name, (old, new, _) in REFUSED.items():
        trial.write(f"trial/threads/test_{name}.py", broken(name, old, new))
    trial.write("trial/threads/test_whole.py", WHOLE.replace("{name}", "whole"))
    trial.write(
        "trial/threads/test_whole_again.py",
        broken("whole_again", "it holds", "also holds").replace("trial.whole_again", "trial.whole"),
    )
    trial.write(
        "trial/threads/test_whole_sentence.py",
        WHOLE.replace("{name}: it holds", "whole: it holds").replace("{name}", "whole_sentence"),
    )
    trial.write(
        "trial/threads/test_listed.py",
        WHOLE.replace("trial.{name}", "fork.easy-child").replace("{name}", "listed"),
    )
    trial.write("trial/waiting/__init__.py", "")
    trial.write("trial/waiting/test_whole.py", WHOLE.replace("{name}", "same"))
    trial.write("trial/waiting/test_unreadable.py", "claim = (\n")
    trial.write(
        "trial/waiting/test_skipped.py",
        "import pytest\npytest.skip('for no good', allow_module_level=True)\n",
    )
    return trial.run()


@pytest.fixture(scope="module")
def refusals(run):
    return {fault["where"]: fault["says"] for fault in run.record["faults"] if fault["kind"] == "refused module"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_one_line_that_names_file_part_and_mend(name, refusals):
    """A module without a part is refused in one line: its file, what is wrong, and what to do about it."""
    file = f"trial/threads/test_{name}.py"

    assert refusals[file] == f"{file}: {REFUSED[name][2]}"


@pytest.mark.parametrize(
    ("file", "line"),
    {
        "threads/test_whole_again.py": "trial.whole is decided already, by threads/test_whole.py; decide it once",
        "threads/test_listed.py": "fork.easy-child is decided already, by document.toml; decide it once",
        "waiting/test_whole.py": "duplicate id whole: threads/test_whole.py has it already; rename the file",
        "threads/test_whole_sentence.py": "test_it: its sentence is that of threads/test_whole.py::test_it; "
        "write its own",
    }.items(),
    ids=["assertion", "opinion", "id", "sentence"],
)
def test_what_a_module_has_taken_is_refused_to_others(file, line, refusals):
    """An id, an assertion or a sentence that has an owner is refused to others, and the owner is named."""
    assert refusals[f"trial/{file}"] == f"trial/{file}: {line}"


@pytest.mark.parametrize("file", ["test_unreadable.py", "test_skipped.py"])
def test_a_module_that_cannot_be_collected_is_refused(file, refusals):
    """A module that is no Python, or skips itself as a whole, is refused like one that lacks a part."""
    assert f"trial/waiting/{file}" in refusals


def test_the_other_claims_run(run):
    """The claims beside refused modules run, and the refused are not among them."""
    assert run.verdicts == {"whole": "CONFIRMED"}


def test_a_run_with_a_refusal_is_red_and_partial(run):
    """A run that refuses a module fails and is partial."""
    assert run.status == pytest.ExitCode.TESTS_FAILED
    assert run.record["run"]["partial"]


def test_refusals_are_the_same_on_several_workers(trial, run):
    """Two workers refuse what one process refuses, and each refusal is entered once."""
    parallel = trial.run("-n", "2")

    assert {fault["says"].splitlines()[-1] for fault in parallel.record["faults"]} == {
        fault["says"].splitlines()[-1] for fault in run.record["faults"]
    }
    assert parallel.faults == run.faults
    assert len(parallel.record["faults"]) == len(parallel.faults)
    assert parallel.status == run.status
    assert parallel.verdicts == run.verdicts
