"""Claims that end in every way, and the verdict that each of them must have."""

from __future__ import annotations

from dataclasses import dataclass

from spec.suite.trials import CORRECTED, REFUTED


@dataclass(frozen=True)
class Case:
    """A claim, the verdict that it must have, and a part of the reason that must stand beside it."""

    verdict: str
    body: str
    ruling: str = "Holds()"
    needs: str = ""
    reason: str = ""


PASSES = '''
def test_passes():
    """{name}: the thing is whole."""
    assert THING == "whole"
'''

FAILS = '''
def test_fails():
    """{name}: the thing is something else."""
    assert THING == "something else", "it is as it is"
'''

WORD_FAILS = '''
@documents_word()
def test_word():
    """{name}: the thing is as the document has it."""
    assert THING == "as the document has it"
'''

WORD_PASSES = WORD_FAILS.replace('== "as the document has it"', '== "whole"')

WORD_RAISES = '''
@documents_word(ends_in=ValueError, match="invalid literal .* 'whole'")
def test_word():
    """{name}: the thing is a number."""
    int(THING)
'''

RAISES = '''
def test_raises():
    """{name}: it raises nothing."""
    dict()["nothing"]
'''

OPEN = '''
def test_open():
    """{name}: it is more."""
    if THING == "whole":
        raise Inconclusive("it: median 1.3, threshold 1.3")
    raise AssertionError
'''

OPEN_UNDER_SABOTAGE = '''
def test_open():
    """{name}: it is more."""
    if THING != "whole":
        raise Inconclusive("it: median 1.3, threshold 1.3")
'''

WAITS = '''
def test_waits():
    """{name}: it comes."""
    raise Overdue("not within 20 s: it")
'''

HANGS = '''
@pytest.mark.timeout(0.05)
def test_hangs():
    """{name}: it ends."""
    threading.Event().wait()
'''

CANNOT_BE_SET_UP = '''
def test_error(no_such_fixture):
    """{name}: it can be set up."""
'''

EACH = '''
@pytest.mark.parametrize("n", [1, 2, 3])
def test_each(n):
    """{name}: n is not two."""
    if n == 2:
        {ends}
'''

CANNOT = 'Condition("it can", lambda: "it cannot, for a reason")'
OUTDATED = f"Outdated(since='3.9', condition=Condition('it is so', lambda: {{}}), {CORRECTED})"
HOLDS_IF = f"HoldsIf(condition=Condition('it is so', lambda: {{}}), {CORRECTED})"
YES, NO = "''", "'it is not so here'"

CASES = {
    "its_requirements_pass": Case("CONFIRMED", PASSES),
    "an_opinion_was_measured": Case("CONFIRMED", PASSES, "Opinion(because='a matter of taste')"),
    "its_string_condition_is_brought_about": Case("CONFIRMED", PASSES, f"HoldsIf(condition='rain', {CORRECTED})"),
    "the_word_passes_where_its_condition_is_true": Case("CONFIRMED", PASSES + WORD_PASSES, HOLDS_IF.format(YES)),
    "the_word_passes_where_it_is_not_outdated": Case("CONFIRMED", PASSES + WORD_PASSES, OUTDATED.format(YES)),
    "one_requirement_is_beyond_the_runtime": Case("CONFIRMED", PASSES + f"@needs({CANNOT})" + FAILS),
    "one_case_is_beyond_the_runtime": Case("CONFIRMED", PASSES + EACH.replace("{ends}", 'pytest.skip("no two here")')),
    "the_word_fails_as_ruled": Case("CORRECTED", PASSES + WORD_FAILS, REFUTED, reason="AssertionError"),
    "the_word_fails_where_its_condition_is_false": Case("CORRECTED", PASSES + WORD_FAILS, HOLDS_IF.format(NO)),
    "the_word_fails_where_it_is_outdated": Case("CORRECTED", PASSES + WORD_FAILS, OUTDATED.format(NO)),
    "the_word_ends_in_the_named_exception": Case("CORRECTED", PASSES + WORD_RAISES, REFUTED, reason="ValueError"),
    "a_requirement_fails": Case("DEVIATES", PASSES + FAILS, reason="it is as it is"),
    "a_requirement_raises": Case("DEVIATES", PASSES + RAISES, reason="KeyError"),
    "a_requirement_misses_a_deadline": Case("DEVIATES", PASSES + WAITS, reason="Overdue: not within 20 s: it"),
    "pytest_timeout_ends_a_requirement": Case("DEVIATES", PASSES + HANGS, reason="Timeout"),
    "xfail_hides_nothing": Case("DEVIATES", PASSES + FAILS.replace("def ", "@pytest.mark.xfail\ndef ")),
    "one_case_deviates": Case("DEVIATES", PASSES + EACH.replace("{ends}", "raise AssertionError")),
    "the_correction_fails": Case("DEVIATES", PASSES + WORD_FAILS + FAILS, REFUTED),
    "the_word_passes_where_it_is_denied": Case("DEVIATES", PASSES + WORD_PASSES, REFUTED, reason="against the ruling"),
    "the_word_fails_where_it_is_upheld": Case("DEVIATES", PASSES + WORD_FAILS, HOLDS_IF.format(YES)),
    "the_word_ends_in_another_exception": Case(
        "DEVIATES",
        PASSES + WORD_RAISES.replace("ValueError", "TypeError"),
        REFUTED,
        reason="otherwise than ruled",
    ),
    "the_word_ends_in_another_message": Case(
        "DEVIATES",
        PASSES + WORD_RAISES.replace("invalid", "valid if"),
        REFUTED,
        reason="otherwise than ruled",
    ),
    "the_word_misses_a_deadline": Case("DEVIATES", PASSES + "@documents_word()" + WAITS, REFUTED, reason="Overdue"),
    "the_word_hangs": Case("DEVIATES", PASSES + "@documents_word()" + HANGS, REFUTED, reason="Timeout"),
    "a_deviation_beside_a_fault": Case("DEVIATES", PASSES + OPEN + CANNOT_BE_SET_UP + FAILS, reason="it is as it is"),
    "the_claim_is_beyond_the_runtime": Case("NOT APPLICABLE", PASSES, needs=CANNOT, reason="it cannot, for a reason"),
    "every_requirement_is_beyond_the_runtime": Case(
        "NOT APPLICABLE", f"@needs({CANNOT})" + PASSES, reason="it cannot, for a reason"
    ),
    "a_figure_does_not_decide": Case("INCONCLUSIVE", PASSES + OPEN, reason="it: median 1.3, threshold 1.3"),
    "a_figure_under_sabotage_does_not_decide": Case(
        "INCONCLUSIVE", OPEN_UNDER_SABOTAGE, reason="saboteur breaking_it: it: median 1.3, threshold 1.3"
    ),
    "one_case_does_not_decide": Case("INCONCLUSIVE", PASSES + EACH.replace("{ends}", 'raise Inconclusive("two")')),
    "an_open_question_beside_a_correction": Case("INCONCLUSIVE", PASSES + WORD_FAILS + OPEN, REFUTED),
    "a_fault_beside_an_open_question": Case("NOT RUN", PASSES + OPEN + CANNOT_BE_SET_UP, reason="set-up"),
}
