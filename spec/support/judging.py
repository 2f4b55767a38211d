"""From how an item's call phase ended to what that says: of the runtime, or of the suite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from spec.support.claims import Saboteur, Word
from spec.support.outcomes import Inconclusive, Overdue

Kind = Literal["confirmed", "corrected", "deviates", "inconclusive", "not applicable", "caught", "fault"]


@dataclass(frozen=True)
class Judgement:
    """What one item says, and why."""

    kind: Kind
    reason: str = ""
    fault: str = ""

    @property
    def outcome(self) -> Literal["passed", "failed", "skipped"]:
        """What pytest counts it as."""
        if self.kind in ("deviates", "fault"):
            return "failed"
        return "skipped" if self.kind in ("inconclusive", "not applicable") else "passed"


def judge_requirement(error: BaseException | None, word: Word | None, *, sentence_holds: bool) -> Judgement:
    """Judge a requirement; `word` is set for the document's own, `sentence_holds` is the ruling's answer."""
    if isinstance(error, Inconclusive):
        return Judgement("inconclusive", str(error))
    if word is None or sentence_holds:
        return Judgement("deviates", _brief(error)) if error else Judgement("confirmed")
    if error is None:
        return Judgement("deviates", "the document's sentence holds here, against the ruling: mend the ruling")
    if _ends_as_ruled(error, word):
        return Judgement("corrected", _brief(error))
    return Judgement("deviates", f"the document's word ends otherwise than ruled: {_brief(error)}")


def judge_saboteur(
    error: BaseException | None, saboteur: Saboteur, word: Word | None, *, sentence_holds: bool
) -> Judgement:
    """Judge a requirement that ran under sabotage: an assertion that fails is a catch, and little else is."""
    if isinstance(error, Inconclusive):
        return Judgement("inconclusive", str(error))
    if word and saboteur.restores == sentence_holds:
        world = "the sentence holds here already" if sentence_holds else "the sentence does not hold here"
        return Judgement("not applicable", world)
    if saboteur.restores:
        return _judge_restored(error)
    if error is None:
        return Judgement("fault", "the requirement passed under sabotage", "uncaught saboteur")
    late = isinstance(error, Overdue)
    if isinstance(error, AssertionError) and (saboteur.hangs or not late):
        return Judgement("caught", _brief(error))
    return Judgement("fault", _brief(error), "caught for the wrong reason")


def _judge_restored(error: BaseException | None) -> Judgement:
    if error is None:
        return Judgement("caught")
    return Judgement("fault", f"even in a restored world: {_brief(error)}", "uncaught saboteur")


def _ends_as_ruled(error: BaseException, word: Word) -> bool:
    expected = isinstance(error, word.ends_in) and not isinstance(error, Overdue)
    return expected and re.search(word.match, str(error)) is not None


def _brief(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}".rstrip(": ")
