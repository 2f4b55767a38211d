"""Claims that are at fault, by the kind of their fault, and claims beside them that are not."""

from __future__ import annotations

from dataclasses import dataclass

from spec.suite.leaking_claims import LEAK, LEAKS
from spec.suite.trials import REFUTED


@dataclass(frozen=True)
class Case:
    """A claim, the kind of fault that it must give, at which item, and a part of what it must say."""

    kind: str
    item: str
    body: str
    says: str = ""
    ruling: str = "Holds()"


REQUIREMENT = '''
def test_it():
    """{name}: the thing is whole."""
    assert THING == "whole"
'''

SABOTEUR = '''
@saboteur(caught_by=test_it{declared})
def breaking_it(patch):
    """The thing is broken."""
    {body}
'''

RAISING = '''
def test_it():
    """{name}: it does not raise."""
    if THING != "whole":
        raise {error}
'''


def sabotage(body, *, declared="", requirement=REQUIREMENT):
    """Return a requirement, and a saboteur of it with that body."""
    return requirement + SABOTEUR.format(declared=declared, body=body)


def raising(error):
    """Return a requirement that raises the error where the thing is not whole."""
    return RAISING.replace("{error}", error)


BREAKS = "patch.here(THING='broken')"

WORD = '''
@documents_word()
def test_it():
    """{name}: the thing is as the document has it."""
    assert THING == "as the document has it"


def test_correction():
    """{name}: the thing is otherwise."""
'''

CASES = {
    "nothing_is_broken": Case("uncaught saboteur", "saboteur:breaking_it", sabotage("pass"), "passed under sabotage"),
    "another_error_than_an_assertion": Case(
        "caught for the wrong reason",
        "saboteur:breaking_it",
        sabotage(BREAKS, requirement=raising("KeyError('k')")),
        "KeyError",
    ),
    "a_deadline_of_a_saboteur_that_does_not_hang": Case(
        "caught for the wrong reason",
        "saboteur:breaking_it",
        sabotage(BREAKS, requirement=raising("Overdue('late')")),
        "Overdue: late",
    ),
    "the_world_is_not_restored": Case(
        "uncaught saboteur",
        "saboteur:breaking_it",
        sabotage("pass", declared=", restores=True", requirement=WORD),
        "even in a restored world",
        REFUTED,
    ),
    "the_saboteur_breaks_what_is_not_there": Case(
        "set-up", "saboteur:breaking_it", sabotage("patch.setattr(sys, 'no_such_name', 1)"), "no_such_name"
    ),
    "a_fixture_is_missing": Case(
        "set-up", "test_it", REQUIREMENT.replace("()", "(no_such_fixture)", 1), "no_such_fixture"
    ),
    "a_probe_fails": Case(
        "set-up",
        "test_it",
        '@needs(Condition("it can", lambda: 1 / 0))\n' + REQUIREMENT.lstrip(),
        "ZeroDivisionError",
    ),
    "a_fixture_fails_in_the_end": Case(
        "tear-down",
        "test_it",
        '@pytest.fixture\ndef broken():\n    yield\n    raise OSError("in the end")\n'
        + REQUIREMENT.replace("()", "(broken)", 1),
        "OSError: in the end",
    ),
} | {
    f"left_{name}": Case("leak", "test_it", LEAK.replace("{leak}", statement), says)
    for name, (statement, says) in LEAKS.items()
}

COMES_BACK = '''
@pytest.mark.parametrize("way", ["returns", "raises"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it(way):
    """{name}: the thing is whole in one process."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    else:
        assert way == "returns"
    assert THING == "whole"
'''

WAITS = '''
from spec.support.deadlines import wait_until


def test_it():
    """{name}: the thing is whole before long."""
    wait_until(lambda: THING == "whole", "the thing")
'''

BYSTANDERS = {
    "a_child_comes_back": COMES_BACK,
    "hanging_as_declared": sabotage(BREAKS, declared=", hangs=True", requirement=raising("Overdue('late')")),
    "hanging_where_all_was_quick": sabotage(BREAKS, declared=", hangs=True", requirement=WAITS),
    "tidy": REQUIREMENT,
}
