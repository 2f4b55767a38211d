"""Threads share the memory of their process, so what one of them ruins is ruined for all."""

import signal

from spec.choosing.targets import models_memory, working_broken, working_failures
from spec.choosing.targets.models_memory import AFTER, BEFORE
from spec.choosing.working_kinds import keep, of_every_kind
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_threads

claim = Claim(
    zh="线程共用同一进程的内存，一个线程写坏的地方，对所有线程来说都坏了。",
    decides={"models.because-shared-memory": 385},
    ruling=HoldsIf(
        condition="one thread ruins what another one uses",
        because="that is one way for a thread to take the others along; a thread that dies of a signal ends them even "
        "if it wrote nothing, because the signal's deadly action is the whole process's",
        correction=Text(
            en="Shared memory explains how threads can harm each other; that they all die at once is because the "
            "system ends processes, not threads, when a signal is fatal.",
            zh="共用内存能解释线程之间为何会互相破坏；而所有线程一起死，是因为致命信号结束的是整个进程，而不是某个线程。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man7/pthreads.7.html",
            "https://man7.org/linux/man-pages/man7/signal.7.html",
        ],
    ),
    needs=[can_fork, has_threads],
)


def test_master_finds_what_a_thread_wrote(clean_room, evidence):
    """A number that a thread writes at an address is what every other thread finds there."""
    by_worker, by_master = clean_room.run(models_memory.found_after_write_by, "thread")
    evidence.figures("at one address, after a thread wrote 2", {"its thread": by_worker, "main thread": by_master})

    assert (by_worker, by_master) == (AFTER, AFTER)


def test_master_keeps_what_a_process_overwrote(clean_room, evidence):
    """A number that a process writes at an address leaves what its parent has at the same address."""
    by_worker, by_master = clean_room.run(models_memory.found_after_write_by, "process")
    evidence.figures("at one address, after a process wrote 2", {"that process": by_worker, "parent": by_master})

    assert (by_worker, by_master) == (AFTER, BEFORE)


def test_main_thread_dies_of_what_another_wrote(clean_room):
    """A thread that ends well, but put a wrong address where the main thread looks for one, has ended them all."""
    assert clean_room.run(models_memory.end_after_ruin_by, "thread") == -signal.SIGSEGV


def test_parent_survives_what_a_process_wrote(clean_room):
    """A process that puts a wrong address at the same place does its parent no harm."""
    assert clean_room.run(models_memory.end_after_ruin_by, "process") == 0


def test_signal_to_one_thread_ends_all(clean_room):
    """A deadly signal to one thread, which wrote nothing, ends the process with all its threads."""
    assert clean_room.run(models_memory.end_after_signal_to_thread) == -signal.SIGUSR1


@of_every_kind("processes", "process pool")
def test_what_cannot_travel_is_refused_by_name(clean_room, evidence, tmp_path, kind):
    """What passes between processes is pickled; what cannot be is refused by name, as an error of its task alone."""
    keep(clean_room, evidence, tmp_path, kind, working_failures.unpicklable_named)


@saboteur(caught_by=test_master_finds_what_a_thread_wrote)
def threads_with_memory_of_their_own(patch):
    """A thread writes into a copy of its own."""
    patch.in_child(models_memory.memory_of_its_own)


@saboteur(caught_by=test_master_keeps_what_a_process_overwrote)
def processes_with_one_memory(patch):
    """A process writes into the memory of its parent."""
    patch.in_child(models_memory.memory_of_all)


@saboteur(caught_by=test_main_thread_dies_of_what_another_wrote)
def ruin_that_stays_private(patch):
    """What a thread ruins is its own."""
    patch.in_child(models_memory.memory_of_its_own)


@saboteur(caught_by=test_parent_survives_what_a_process_wrote)
def ruin_that_is_shared(patch):
    """What a process ruins is its parent's as well."""
    patch.in_child(models_memory.memory_of_all)


@saboteur(caught_by=test_signal_to_one_thread_ends_all)
def signal_for_the_thread_alone(patch):
    """The signal does nothing to the process."""
    patch.in_child(models_memory.signal_for_the_thread_alone)


@saboteur(caught_by=test_what_cannot_travel_is_refused_by_name)
def refusals_hushed(patch):
    """The library sends another task in the place of one that cannot be pickled."""
    patch.in_child(working_broken.refusals_hushed)
