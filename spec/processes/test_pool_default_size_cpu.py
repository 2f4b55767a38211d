"""A pool that is not told its size has as many workers as the machine has CPUs."""

import os

from hypothesis.strategies import integers

from concurrency_lib import pools
from spec.processes.targets import pool, pool_broken, pool_sizes
from spec.support import Claim, Condition, Outdated, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, has_semaphores, several_cores
from spec.support.outcomes import raised_by
from spec.support.properties import for_any


def usable_cpus_are_counted():
    try:
        return f"os.process_cpu_count() is {os.process_cpu_count()}"
    except AttributeError:
        return ""


claim = Claim(
    zh="不指定大小的进程池，有多少个 CPU 就有多少个工作进程。",
    decides={"pool.default-size-cpu": 107},
    ruling=Outdated(
        since="3.13",
        condition=Condition("Python does not count the CPUs that a process may use", usable_cpus_are_counted),
        because="since 3.13 a pool asks os.process_cpu_count(), which knows the CPUs to which this process "
        "is held and what PYTHON_CPU_COUNT says; before it asked os.cpu_count(), which knows the machine "
        "alone",
        correction=Text(
            en="Since 3.13 the default is the number of CPUs that this process may use; before, that of the "
            "machine, which is too many where the process is held to fewer.",
            zh="从 3.13 起，默认大小是本进程可用的 CPU 数；此前是整台机器的 CPU 数，进程只能用其中几个时就会偏多。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool",
            "https://docs.python.org/3/library/os.html#os.process_cpu_count",
        ],
    ),
    needs=[has_semaphores, can_fork],
)


@documents_word()
@needs(can_pin, several_cores)
def test_default_is_the_machines_cpus(clean_room):
    """A pool without a size, of a process held on one CPU, has a worker for every CPU of the machine."""
    found = clean_room.run(pool_sizes.default_size_on_one_cpu)

    assert found.workers == found.cpus


@needs(can_pin)
def test_default_is_what_this_python_counts(clean_room, evidence):
    """A pool without a size has a worker for each CPU that this Python counts, held on one CPU or not."""
    free, pinned = clean_room.run(pool_sizes.default_size), clean_room.run(pool_sizes.default_size_on_one_cpu)
    evidence.figures(
        "workers by default",
        {
            "CPUs of the machine": free.cpus,
            f"free to use {free.usable}": (free.workers, "workers"),
            f"held on {pinned.usable}": (pinned.workers, "workers"),
        },
    )

    assert pinned.usable == 1
    for found in (free, pinned):
        assert found.workers == (found.cpus if claim.ruling.holds_here else found.usable)


def test_library_has_no_default(mp_context):
    """The library has no default size: leaving it out is a TypeError, and less than one a ValueError."""

    @for_any(integers(max_value=0), examples=25)
    def is_refused(workers):
        error = raised_by(pools.run_tasks, pool.square, [3], workers=workers, mp_context=mp_context)

        assert isinstance(error, ValueError)

    assert isinstance(raised_by(pools.run_tasks, pool.square, [3], mp_context=mp_context), TypeError)


@saboteur(caught_by=test_default_is_the_machines_cpus, restores=True)
def machine_that_is_counted_again(patch):
    """The pool asks for the CPUs of the machine."""
    patch.in_child(pool_broken.machine_that_is_counted_again)


@saboteur(caught_by=test_default_is_the_machines_cpus)
def cpu_that_is_not_there(patch):
    """The pool is told of one CPU more than there is."""
    patch.in_child(pool_broken.cpu_that_is_not_there)


@saboteur(caught_by=test_default_is_what_this_python_counts)
def cpu_that_is_not_there_either(patch):
    """The pool is told of one CPU more than this Python counts."""
    patch.in_child(pool_broken.cpu_that_is_not_there)


@saboteur(caught_by=test_library_has_no_default)
def library_that_chooses(patch):
    """The library makes one worker where it is not told how many, or told nonsense."""
    run_tasks = pools.run_tasks
    patch.setattr(
        pools,
        "run_tasks",
        lambda *work, workers=1, **options: run_tasks(*work, workers=max(workers, 1), **options),
    )
