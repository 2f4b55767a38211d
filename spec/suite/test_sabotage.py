"""Sabotage begins after the wide fixtures and before the narrow ones, reaches every child, and is undone."""

from __future__ import annotations

import pytest

from spec.suite.trials import CORRECTED, REFUTED

SABOTEUR = '''
@saboteur(caught_by={caught_by})
def {name}(patch):
    """The thing is broken."""
    {body}
'''

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

CHILDREN = '''
import multiprocessing
from spec.suite import targets


def thing_of_a_child(context):
    here, there = context.Pipe(duplex=False)
    with here, there:
        child = context.Process(target=targets.send_thing, args=(there,))
        child.start()
        found = here.recv()
        child.join()
    return found


def test_mp_context(mp_context):
    """{name}: a child of the run's context finds the thing whole."""
    assert thing_of_a_child(mp_context) == "whole"


def test_clean_room(clean_room):
    """{name}: a subject of the clean room finds the thing whole."""
    assert clean_room.run(targets.thing) == "whole"
'''

EACH_METHOD = '''

@pytest.mark.parametrize("every_context", ["{method}"], indirect=True)
def test_{method}(every_context):
    """{{name}}: a child made by {method} finds the thing whole."""
    assert thing_of_a_child(every_context) == "whole"
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

METHODS = ("fork", "forkserver", "spawn")
UPHELD = f"HoldsIf(condition=Condition('it is so', lambda: ''), {CORRECTED})"


def children():
    body = CHILDREN + "".join(EACH_METHOD.format(method=method) for method in METHODS)
    for name in (*METHODS, "mp_context", "clean_room"):
        patching = "patch.in_child(targets.break_thing)"
        body += SABOTEUR.format(caught_by=f"test_{name}", name=f"in_{name}", body=patching)
    return body


@pytest.fixture(scope="module")
def run(trial):
    trial.claim("order", ORDER)
    trial.claim("undone", UNDONE)
    trial.claim("children", children())
    trial.claim("cases", CASES)
    trial.claim("denied", WORLDS, ruling=REFUTED)
    upheld = WORLDS.replace('"as the document has it"', '"whole"', 1)
    trial.claim("upheld", upheld, ruling=UPHELD)
    trial.claim("hanging", HANGING)
    return trial.run("--deselect", "trial/threads/test_order.py::test_it")


def test_sabotage_begins_between_wide_and_narrow_fixtures(run):
    """Fixtures of a session or a module never see sabotage; a function's own find it done."""
    assert "whole whole broken broken broken" in run.saboteur("order")["reason"]


def test_sabotage_is_undone(run):
    """After a saboteur's item the module, the library and the environment are as they were."""
    assert run.saboteur("undone")["outcome"] == "caught"
    assert run.verdicts["undone"] == "CONFIRMED"


@pytest.mark.parametrize("child", [*METHODS, "mp_context", "clean_room"])
def test_sabotage_reaches_children(child, run):
    """Sabotage reaches the children of every start method, of the run's own, and of the clean room."""
    assert "assert 'broken' == 'whole'" in run.saboteur("children", f"in_{child}")["reason"]


def test_children_are_whole_without_sabotage(run):
    """The children of a requirement that nobody sabotages are whole, before and after."""
    assert {each["outcome"] for each in run.claims["children"]["requirements"]} == {"confirmed"}


def test_a_saboteurs_copy_is_one_case(run):
    """Of a requirement with several cases a saboteur's item is a copy of the first alone."""
    assert [case["name"] for case in run.requirement("cases", "it")["cases"]] == ["by land", "by sea"]
    assert run.saboteur("cases")["outcome"] == "caught"
    assert run.output.count("test_cases.py") == 1
    assert "test_cases.py ..c" in run.output


@pytest.mark.parametrize(
    ("claim", "restoring", "breaking"),
    [("denied", "caught", "not applicable"), ("upheld", "not applicable", "caught")],
)
def test_the_word_is_sabotaged_against_its_ruling(claim, restoring, breaking, run):
    """Where the sentence is denied a saboteur restores it, and where it is upheld one breaks it."""
    assert run.saboteur(claim, "restoring")["outcome"] == restoring
    assert run.saboteur(claim, "breaking")["outcome"] == breaking
    assert run.saboteur(claim, "breaking_the_rest")["outcome"] == "caught"


def test_only_a_hanging_saboteur_is_given_little_time(run):
    """The deadline is short while a saboteur that hangs is at work, and generous otherwise."""
    assert run.requirement("hanging", "it")["outcome"] == "confirmed"
    assert run.saboteur("hanging")["outcome"] == "caught"
