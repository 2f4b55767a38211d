"""Runs at the start of every interpreter whose path holds this folder, and breaks what the environment names."""

import os

from spec.suite.broken_runtimes.breakages import BREAKAGES, entered_by

module, _, name = os.environ["BROKEN_RUNTIME"].partition(":")
entered_by(module)
BREAKAGES[name].apply()
