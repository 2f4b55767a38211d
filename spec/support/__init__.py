"""The vocabulary of claim modules. Light: children import its rooms, so a name is fetched when it is first used."""

from importlib import import_module

TYPE_CHECKING = False  # not from typing, which each child would have to import
if TYPE_CHECKING:
    from spec.support.claims import Claim, documents_word, measured, measured_alone, needs, saboteur, slow
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
    "measured_alone",
    "needs",
    "saboteur",
    "slow",
]

ROOMS = ("claims", "outcomes", "rulings")


def __getattr__(name: str) -> object:
    """Fetch a word of the vocabulary from the room that defines it."""
    if name in __all__:
        for room in ROOMS:
            words = vars(import_module(f"{__name__}.{room}"))
            if name in words:
                return globals().setdefault(name, words[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
