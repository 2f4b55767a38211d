"""One run, as its record tells it: frozen values that a template can read, nothing checked twice."""

from dataclasses import dataclass

from spec import evidence
from spec.report.bilingual import Bilingual
from spec.report.model_run import Run

VERDICTS = ("CONFIRMED", "CORRECTED", "DEVIATES", "INCONCLUSIVE", "NOT APPLICABLE", "NOT RUN")
RULINGS = ("HOLDS", "HOLDS_IF", "OUTDATED", "REFUTED", "OPINION")
OUTCOMES = ("confirmed", "corrected", "deviates", "inconclusive", "not applicable", "not run", "fault")
CATCHES = ("caught", "not caught", "inconclusive", "not applicable", "not run", "fault")

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the suite, not with the runtime."""

    where: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """An assertion that is a judgement, with nothing to measure."""

    id: str
    lines: Lines
    statement: Bilingual
    because: str
    chapter: str
    heading: Bilingual


@dataclass(frozen=True, slots=True)
class Assertion:
    """One checkable thing that the document says, and on which lines."""

    id: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the suite holds of the document's sentence; without a kind where a module has no ruling."""

    kind: str
    since: str
    condition: str
    probed: bool
    holds_here: bool
    because: str
    correction: Bilingual
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A requirement under one parameter; the name is empty when there is none."""

    name: str
    outcome: str
    reason: str
    seconds: float
    evidence: tuple[evidence.Item, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A true sentence about the runtime, and what came of testing it."""

    id: str
    says: str
    documents_word: bool
    measured: bool
    outcome: str
    reason: str
    seconds: float
    cases: tuple[Case, ...]

    @property
    def name(self) -> str:
        """The name of the test function, without its file and case."""
        return self.id.rpartition("::")[2].partition("[")[0]


@dataclass(frozen=True, slots=True)
class Saboteur:
    """A way of breaking the thing under test that one requirement must catch."""

    name: str
    says: str
    by: str
    restores: bool
    caught: bool
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One promise of the document, with everything that decides it."""

    id: str
    chapter: str
    statement: Bilingual
    heading: Bilingual
    assertions: tuple[Assertion, ...]
    ruling: Ruling
    verdict: str
    reason: str
    requirements: tuple[Requirement, ...]
    saboteurs: tuple[Saboteur, ...]
    repeat: str

    @property
    def first_line(self) -> int:
        """The first line of the document that this claim decides; zero if it names none."""
        return min((assertion.lines[0] for assertion in self.assertions), default=0)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one run observed."""

    run: Run
    totals: dict[str, int]
    faults: tuple[Fault, ...]
    opinions: tuple[Opinion, ...]
    claims: tuple[Claim, ...]
