"""Runs at the start of every interpreter whose path holds this folder, and breaks what the environment names."""

import os

from spec.suite.broken_runtimes.breakages import BREAKAGES

BREAKAGES[os.environ["BROKEN_RUNTIME"]].apply()
