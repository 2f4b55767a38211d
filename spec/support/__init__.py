"""The vocabulary of claim modules. Light: children import it, so neither pytest nor hypothesis come along."""

from spec.support.claims import Claim, documents_word, measured, needs, saboteur, slow
from spec.support.outcomes import Inconclusive, Overdue
from spec.support.rulings import Condition, Holds, HoldsIf, Opinion, Outdated, Refuted, Text

__all__ = [
    "Claim",
    "Condition",
    "Holds",
    "HoldsIf",
    "Inconclusive",
    "Opinion",
    "Outdated",
    "Overdue",
    "Refuted",
    "Text",
    "documents_word",
    "measured",
    "needs",
    "saboteur",
    "slow",
]
