"""The document's outline of a message loop, as it stands and with the names that it lacks."""

from __future__ import annotations

from spec.support.programs import Program, sample

OUTLINE = sample(__file__, "messages_outline")


def with_its_names(outline: Program) -> Program:
    """Let the outline find what it calls, and let its messages come to an end."""
    loop = "__import__('types').SimpleNamespace(get_event=int)"
    named = outline.replacing("loop = get_event_loop()", f"loop, process_event = {loop}, id")
    return named.replacing("while True", "for _ in range(3)")
