"""A claim module that lacks a part is refused in one plain line, and nothing else is kept from running."""

from __future__ import annotations

import pytest

from spec.suite.trials import CORRECTED

WHOLE = '''
"""{name}: the statement."""

from spec.support import *

THING = "whole"

claim = Claim(
    zh="{name}：陈述。",
    decides={"trial.{name}": 200},
    ruling=Holds(),
)


def test_it():
    """{name}: it holds."""
    assert THING == "whole"


@saboteur(caught_by=test_it)
def breaking_it(patch):
    """It is broken."""
    patch.here(THING="broken")
'''

METHOD = '''
class TestIt:
    def test_method(self):
        """{name}: it is a method."""


'''

HOLDS = "ruling=Holds()"
CONDITION = "condition=Condition('it is so', str)"

# A name, what of a whole module is put in other words, and the line that refuses it.
REFUSED = {
    "no_claim": ("claim = Claim(", "nothing = Claim(", "no claim: write `claim = Claim(...)`"),
    "no_english": (
        '"""{name}: the statement."""',
        "",
        "no English statement: write it as the module's docstring",
    ),
    "no_chinese": ("{name}：陈述。", " ", "no Chinese statement: write it as `zh` of the claim"),
    "no_assertion": (
        '"trial.{name}": 200',
        "",
        "decides nothing: map an assertion's id to its line in `decides`",
    ),
    "line_too_low": (
        "200",
        "0",
        "trial.line_too_low: lines 0-0 are outside the document (1-725); mend `decides`",
    ),
    "line_too_high": (
        "200",
        "(7, 726)",
        "trial.line_too_high: lines 7-726 are outside the document (1-725); mend `decides`",
    ),
    "lines_reversed": (
        "200",
        "(9, 7)",
        "trial.lines_reversed: lines 9-7 are outside the document (1-725); mend `decides`",
    ),
    "no_ruling": (HOLDS + ",", "", "no ruling: give `ruling`, such as Holds()"),
    "no_reason": (HOLDS, "ruling=Opinion()", "OPINION without a reason: give `because`"),
    "no_correction": (
        HOLDS,
        "ruling=Refuted(because='so', correction=Text(en='so'), references=['PEP 1'])",
        "REFUTED without a correction in both languages: give `correction=Text(en, zh)`",
    ),
    "no_reference": (
        HOLDS,
        "ruling=Refuted(because='so', correction=Text('so', '是'))",
        "REFUTED without a reference: give `references`",
    ),
    "no_condition": (HOLDS, f"ruling=HoldsIf({CORRECTED})", "HOLDS_IF without a condition: give `condition`"),
    "no_answer": (
        HOLDS,
        f"ruling=HoldsIf(condition=Condition('it is so', lambda: 1 / 0), {CORRECTED})",
        "HOLDS_IF with a condition that cannot be asked (ZeroDivisionError('division by zero')): mend its probe",
    ),
    "no_version": (
        HOLDS,
        f"ruling=Outdated({CONDITION}, {CORRECTED})",
        "OUTDATED without a version: give `since`",
    ),
    "no_word": (
        HOLDS,
        f"ruling=Refuted({CORRECTED})",
        "REFUTED without the document's word: mark one requirement with @documents_word",
    ),
    "no_conditional_word": (
        HOLDS,
        f"ruling=HoldsIf({CONDITION}, {CORRECTED})",
        "HOLDS_IF without the document's word: mark one requirement with @documents_word",
    ),
    "word_alone": (
        HOLDS + ",\n)\n\n\n",
        f"ruling=Refuted({CORRECTED}))\n\n@documents_word()\n",
        "REFUTED without a verified correction: write a requirement that is not the document's word",
    ),
    "word_in_vain": (
        "def test_it",
        "@documents_word()\ndef test_it",
        "test_it: the document's word, but nothing in the ruling denies it; take the mark away",
    ),
    "no_requirement": ("test_it", "it", "no requirement: write a test function"),
    "no_sentence": ('"""{name}: it holds."""', "pass", "test_it: no sentence; write one as its docstring"),
    "no_saboteur": (
        "@saboteur(caught_by=test_it)",
        "",
        "no saboteur: name one way of breaking this with @saboteur",
    ),
    "no_sabotage": ('"""It is broken."""', "", "breaking_it: no sentence; write one as its docstring"),
    "caught_elsewhere": (
        "caught_by=test_it",
        "caught_by=print",
        "breaking_it: caught by something that is no requirement of this module; name one",
    ),
    "caught_by_a_method": (
        "@saboteur(caught_by=test_it)",
        METHOD + "@saboteur(caught_by=TestIt.test_method)",
        "breaking_it: caught by a method; make that requirement a function",
    ),
    "restores_in_vain": (
        "caught_by=test_it",
        "caught_by=test_it, restores=True",
        "breaking_it: restores a world, but is not caught by the document's word; name that one",
    ),
}


def broken(name, old, new):
    assert old in WHOLE
    return WHOLE.replace(old, new).replace("{name}", name)


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
