"""A context carries sabotage into every child that it starts, by whatever it starts it."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from spec.suite import targets
from spec.support.contexts import context_for
from spec.support.deadlines import arrives, ends

METHODS = multiprocessing.get_all_start_methods()


def in_a_process(context):
    here, there = context.Pipe(duplex=False)
    with here, there:
        child = context.Process(target=targets.send_thing, args=(there,))
        child.start()
        found = arrives(here, "the child's thing")
        ends(child).close()
    return found


def in_a_pool(context):
    with context.Pool(1) as pool:
        found = pool.apply(targets.thing)
        pool.close()
        pool.join()
    return found


def in_an_executor(context):
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(targets.thing).result()


@pytest.mark.parametrize("started", [in_a_process, in_a_pool, in_an_executor], ids=["Process", "Pool", "executor"])
@pytest.mark.parametrize("method", METHODS)
def test_what_a_context_starts_is_sabotaged_first(method, started):
    """A child runs its sabotage before its target, under every start method, alone or in a pool."""
    assert started(context_for(method, [targets.break_thing])) == "broken"
    assert targets.THING == "whole"


@pytest.mark.parametrize("method", METHODS)
def test_without_sabotage_the_context_is_the_standard_librarys(method):
    """A context with nothing to carry is the one that the standard library has."""
    assert context_for(method, []) is multiprocessing.get_context(method)


def test_sabotage_of_what_is_not_there_ends_the_child():
    """A child whose sabotage names what does not exist fails before it reaches its target."""
    context = context_for("spawn", [targets.break_what_is_not_there])
    child = context.Process(target=targets.leave, args=(7,))
    child.start()
    status = ends(child).exitcode
    child.close()

    assert status == 1
