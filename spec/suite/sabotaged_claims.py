"""Claims whose saboteurs tell when sabotage begins, whom it reaches, and when it ends."""

from __future__ import annotations

from spec.suite.trials import CORRECTED

ORDER = '''
@pytest.fixture(scope="session")
def a_session():
    return THING


@pytest.fixture(scope="module")
def a_module():
    return THING


@pytest.fixture(autouse=True)
def an_autouse():
    return THING


@pytest.fixture
def a_function(an_autouse):
    return an_autouse, THING


def test_it(a_function, a_module, a_session):
    """{name}: every fixture finds the thing whole."""
    found = [a_session, a_module, *a_function, THING]

    assert found == ["whole"] * 5, " ".join(found)
'''

UNDONE = '''
class Library:
    thing = "whole"


def found():
    return THING, Library.thing, os.environ.get("THING")


def test_before():
    """{name}: all is whole before."""
    assert found() == ("whole", "whole", None)


@saboteur(caught_by=test_before)
def breaking_it(patch):
    """Everything is broken."""
    patch.here(THING="broken")
    patch.setattr(Library, "thing", "broken")
    patch.setenv("THING", "broken")


def test_after():
    """{name}: all is whole again."""
    assert found() == ("whole", "whole", None)
'''

CASES = '''
@pytest.mark.parametrize("way", ["by land", "by sea"])
def test_it(way):
    """{name}: the thing is whole, whichever way."""
    assert THING == "whole"
'''

WORLDS = '''
def test_correction():
    """{name}: the thing is whole."""
    assert THING == "whole"


@documents_word()
def test_word():
    """{name}: the thing is as the document has it."""
    assert THING == "as the document has it"


@saboteur(caught_by=test_word, restores=True)
def restoring(patch):
    """The thing is as the document has it."""
    patch.here(THING="as the document has it")


@saboteur(caught_by=test_word)
def breaking(patch):
    """The thing is broken."""
    patch.here(THING="broken")


@saboteur(caught_by=test_correction)
def breaking_the_rest(patch):
    """The thing is broken."""
    patch.here(THING="broken")
'''

HANGING = '''
from spec.support import deadlines


def test_it():
    """{name}: there is plenty of time."""
    if deadlines.deadline() != deadlines.GENEROUS:
        raise Overdue("not within 0.25 s: the time")


@saboteur(caught_by=test_it, hangs=True)
def breaking_it(patch):
    """Nothing is broken, but the deadline is short."""
'''

UPHELD = f"HoldsIf(condition=Condition('it is so', lambda: ''), {CORRECTED})"
