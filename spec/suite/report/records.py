"""Run records of our own making, for the specification of the report.

`small_record()` is complete and minimal in every part. Each part has its maker, which takes what shall be
different about it, and makes it anew at each call, so that a test may change what it got.
"""

VERDICTS = ("CONFIRMED", "CORRECTED", "DEVIATES", "NOT APPLICABLE", "INCONCLUSIVE", "NOT RUN")
RULINGS = ("HOLDS", "HOLDS_IF", "OUTDATED", "REFUTED", "OPINION")
OUTCOMES = ("confirmed", "corrected", "deviates", "inconclusive", "not applicable", "not run", "fault")
CATCHES = ("caught", "not caught", "inconclusive", "not applicable", "not run", "fault")


def small_record(**changes):
    """A whole run of one confirmed claim."""
    return {
        "schema": 1,
        "run": a_run(),
        "totals": {**dict.fromkeys(VERDICTS, 0), "CONFIRMED": 1},
        "faults": [],
        "opinions": [],
        "claims": [a_claim()],
    } | changes


def a_run(**changes):
    """The description of a whole run."""
    return {
        "id": "cpython-3.13.0-stdlib-fork-linux",
        "interpreter": "CPython 3.13.0",
        "gil": True,
        "drop_in": "stdlib",
        "start_method": "fork",
        "platform": "Linux 6.18 x86_64",
        "cores": 2,
        "started": "2026-02-03T04:05:06+00:00",
        "seconds": 52.5,
        "command": "pytest spec/",
        "partial": False,
        "capabilities": [
            {"name": "this runtime can fork", "holds": True, "reason": ""},
            {"name": "this runtime runs threads in parallel", "holds": False, "reason": "the GIL is on"},
        ],
        "packages": [{"name": "pytest", "version": "9.0.1"}],
    } | changes


def a_claim(**changes):
    """A confirmed claim with one requirement and one saboteur."""
    return {
        "id": "fork-returns-twice",
        "chapter": "processes",
        "statement": {
            "en": "A single call comes back in two processes.",
            "zh": "调用只有一次，却在两个进程里各返回一次。",
        },
        "heading": {"en": "Processes", "zh": "多进程"},
        "assertions": [{"id": "fork.returns-twice", "lines": [39, 39]}],
        "ruling": a_ruling(),
        "verdict": "CONFIRMED",
        "reason": "",
        "requirements": [a_requirement()],
        "saboteurs": [a_saboteur()],
        "repeat": "pytest spec/processes/test_fork_returns_twice.py",
    } | changes


def a_ruling(**changes):
    """The ruling that a sentence holds everywhere."""
    return {
        "kind": "HOLDS",
        "since": "",
        "condition": "",
        "probed": False,
        "holds_here": True,
        "because": "",
        "correction": {"en": "", "zh": ""},
        "references": [],
    } | changes


def a_requirement(**changes):
    """A confirmed requirement of one nameless case without evidence."""
    return {
        "id": "spec/processes/test_fork_returns_twice.py::test_one_call_returns_in_two_processes",
        "says": "One call of fork returns once in the parent and once in the child.",
        "documents_word": False,
        "measured": False,
        "outcome": "confirmed",
        "reason": "",
        "seconds": 0.0042,
        "cases": [a_case()],
    } | changes


def a_case(**changes):
    """The nameless case of a requirement that has no parameters."""
    return {"name": "", "outcome": "confirmed", "reason": "", "seconds": 0.0042, "evidence": []} | changes


def a_saboteur(**changes):
    """A saboteur that its requirement caught."""
    return {
        "name": "a_fork_that_returns_once",
        "says": "The child never comes back from the call.",
        "by": "test_one_call_returns_in_two_processes",
        "restores": False,
        "caught": True,
        "outcome": "caught",
        "reason": "",
    } | changes


def an_opinion(**changes):
    """Make an assertion with nothing to measure; `changes` replace its parts."""
    return {
        "id": "fork.easy",
        "lines": [43, 43],
        "statement": {"en": "It is easy.", "zh": "这很容易。"},
        "because": "taste",
        "chapter": "processes",
        "heading": {"en": "h", "zh": ""},
    } | changes
