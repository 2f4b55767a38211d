"""What is wrong with the suite is a fault: red, named by kind and place, and never a verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from spec.suite.trials import REFUTED, Trial
from spec.support.deadlines import LEAST, wait_until


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

LEAKS = {
    "thread": (
        "threading.Thread(target=threading.Event().wait, daemon=True, name='Idler').start()",
        "thread Idler",
    ),
    "process": ("subprocess.Popen(['sleep', '60'])", "process "),
    "unreaped_process": ("os.fork() or os._exit(0)", "process "),
    "descriptor": ("os.open('/dev/null', os.O_RDONLY)", "descriptor "),
    "shared_memory": ("KEPT.append(SharedMemory(create=True, size=1))", "shared memory /dev/shm/"),
    "temporary_file": ("tempfile.mkstemp()", "temporary file tmp"),
    "environment_variable": ("os.environ['LEFT'] = 'here'", "environment variable LEFT"),
    "working_directory": ("os.chdir('/')", "working directory /"),
    "switch_interval": ("sys.setswitchinterval(0.5)", "switch interval 0.5"),
}

LEAK = '''
import subprocess
import tempfile
from multiprocessing.shared_memory import SharedMemory

KEPT = []


@pytest.mark.filterwarnings("ignore")
def test_it():
    """{name}: the thing is whole."""
    if THING == "whole":
        {leak}
    assert THING == "whole"
'''


def sabotage(body, *, declared="", requirement=REQUIREMENT):
    return requirement + SABOTEUR.format(declared=declared, body=body)


def raising(error):
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
