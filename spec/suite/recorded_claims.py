"""Claims of every verdict and every ruling."""

from __future__ import annotations

from spec.suite.trials import CORRECTED, REFUTED

PASSES = '''
def test_passes():
    """{name}: it passes."""
    assert THING == "whole"
'''

WORD = '''
@documents_word()
def test_word():
    """{name}: it is so."""
    assert THING == "so"
'''


def write_claims(trial):
    """Write each of them, with lines in another order than their names."""
    trial.claim("earlier", PASSES, line=202)
    trial.claim("and_earlier", PASSES, line=202, ruling=f"HoldsIf(condition='it rains', {CORRECTED})")
    trial.claim("corrected", PASSES + WORD, ruling=REFUTED, line=201)
    trial.claim(
        "outdated",
        PASSES + WORD,
        ruling=f"Outdated(since='3.9', condition=Condition('old', lambda: 'no'), {CORRECTED})",
    )
    trial.claim("opinion", PASSES, ruling="Opinion(because='taste')", line=220)
    trial.claim("unable", PASSES, needs="Condition('it can', lambda: 'it cannot')", line=230)
    trial.claim("faulty", PASSES.replace("()", "(no_such_fixture)"), line=240)
    trial.claim("open", PASSES + 'def test_open():\n    """{name}: open."""\n    raise Inconclusive("open")', line=250)
    trial.claim(
        "uncaught",
        PASSES + '@saboteur(caught_by=test_passes)\ndef idle(patch):\n    """Nothing is broken."""',
        line=260,
    )
    saboteur = '@saboteur(caught_by=test_open)\ndef idle(patch):\n    """Nothing is broken."""'
    trial.claim(
        "open_saboteur",
        'def test_open():\n    """{name}: open."""\n    raise Inconclusive("open")\n' + saboteur,
        line=270,
    )
