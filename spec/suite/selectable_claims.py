"""Four claims to select from, ways of selecting, and the verdicts that each way leaves."""

from __future__ import annotations

from spec.suite.trials import Trial

TWO = '''
def test_one():
    """{name}: the thing is whole."""
    assert THING == "whole"


def test_two():
    """{name}: the thing is not broken."""
    assert THING != "broken"
'''

CASES = '''
@pytest.mark.parametrize("way", ["by_land", "by_sea"])
def test_each(way):
    """{name}: the thing is whole, whichever way."""
    assert THING == "whole"


class TestMore:
    def test_more(self):
        """{name}: there is more."""
'''

DEVIATING = '''
def test_passes():
    """{name}: the thing is whole."""
    assert THING == "whole"


def test_fails():
    """{name}: the thing is something else."""
    assert THING == "something else"
'''

OPEN = '''
def test_open():
    """{name}: it is decided."""
    if THING == "whole":
        raise Inconclusive("open")
    raise AssertionError
'''

PATH = "trial/threads"
WHOLE = {"apples": "CONFIRMED", "bees": "CONFIRMED", "cows": "DEVIATES", "ducks": "CONFIRMED"}
NOT_RUN = dict.fromkeys(WHOLE, "NOT RUN")


def make(folder):
    """Make a project with the four claims in that folder."""
    trial = Trial(folder)
    trial.claim("apples", TWO, line=200)
    trial.claim("bees", CASES, line=201)
    trial.claim("cows", DEVIATING, line=202)
    trial.claim("ducks", TWO, line=203)
    return trial


SELECTIONS = {
    "a chapter's file": ([f"{PATH}/test_apples.py"], NOT_RUN | {"apples": "CONFIRMED"}),
    "a requirement": ([f"{PATH}/test_apples.py::test_one"], NOT_RUN),
    "all items of a claim": (
        [f"{PATH}/test_ducks.py::{name}" for name in ("saboteur:breaking_it", "test_two", "test_one")],
        NOT_RUN | {"ducks": "CONFIRMED"},
    ),
    "-k by a claim's name": (["-k", "bees or ducks"], NOT_RUN | {"bees": "CONFIRMED", "ducks": "CONFIRMED"}),
    "-k leaving out one case": (["-k", "bees and not by_sea"], NOT_RUN),
    "-k leaving out a method": (["-k", "bees and not more"], NOT_RUN),
    "a deviation among the unselected": (["-k", "fails"], NOT_RUN | {"cows": "DEVIATES"}),
    "-x": (["-x"], WHOLE | {"ducks": "NOT RUN"}),
    "--lf": (["--lf", "-p", "cacheprovider"], NOT_RUN | {"cows": "DEVIATES"}),
    "-k on two workers": (
        ["-k", "bees and not by_sea or ducks", "-n", "2"],
        NOT_RUN | {"ducks": "CONFIRMED"},
    ),
    "-m": (["-m", "measured"], None),
}
