"""What the claims about communication run in child processes."""

from __future__ import annotations

import sys
from typing import Any

from spec.support.sabotage import Patch

STATE = "as imported"


def send_state(connection: Any) -> None:
    """Tell which value this process finds in a global of this module."""
    connection.send(STATE)


def change_state(patch: Patch) -> None:
    """Set the global in the child."""
    patch.setattr(sys.modules[__name__], "STATE", "as the child made it")
