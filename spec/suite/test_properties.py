"""Promises for any input are checked at once, with the same inputs in every run."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis.strategies import integers, text

from spec.suite.trials import ROOT
from spec.support.properties import for_any

EXAMPLES = """
import sys
from importlib import import_module

from hypothesis.strategies import integers, text
from spec.support.properties import for_any

for module in sys.argv[1:]:
    import_module(module)

@for_any(integers(), text(), examples=200)
def seen(number, word):
    print(number, ascii(word))
"""


def examples_of_a_fresh_run(*modules):
    return subprocess.run(
        [sys.executable, "-c", EXAMPLES, *modules], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def test_every_run_sees_the_same_examples():
    """Two interpreters try the same inputs in the same order, as many as asked for, whatever modules they have."""
    first = examples_of_a_fresh_run()
    second = examples_of_a_fresh_run("concurrency_lib.task_server", "spec.report", "spec.support.plugin")

    assert first == second
    assert len(first) == 200
    assert len(set(first)) > 100


def test_a_promise_is_checked_where_it_stands():
    """A promise is checked as it is defined, and a broken one fails there with its smallest input."""
    with pytest.raises(AssertionError, match=r"^too big: 10\b"):

        @for_any(integers(0, 1000))
        def every_number_is_small(number):
            assert number < 10, f"too big: {number}"


def test_every_input_is_independent():
    """Several inputs are all given, each of its own kind."""
    kinds = set()

    @for_any(integers(), text(), examples=5)
    def inputs(number, word):
        kinds.add((type(number), type(word)))

    assert kinds == {(int, str)}


def test_nothing_is_stored(tmp_path, monkeypatch):
    """Checking a promise leaves no database of examples."""
    monkeypatch.chdir(tmp_path)

    @for_any(integers())
    def anything(_):
        pass

    assert not list(tmp_path.iterdir())
