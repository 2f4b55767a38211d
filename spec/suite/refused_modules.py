"""A claim module that is whole, and for each part what it becomes without it."""

from __future__ import annotations

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
    """Return the whole module under that name, with a part of it in other words."""
    assert old in WHOLE
    return WHOLE.replace(old, new).replace("{name}", name)
