"""Processors with several cores are what one meets today."""

import os

from spec.processes.targets import introduction
from spec.support import Claim, Opinion, needs, saboteur
from spec.support.capabilities import can_fork, can_pin
from spec.support.runtime import usable_cores

claim = Claim(
    zh="如今遇到的处理器大多不止一个核心。",
    decides={"intro.multicore-common": 11},
    ruling=Opinion(
        because="what is common on the market is not for one machine to say; it can say how many cores it has, and "
        "that a process may be left with fewer, by a container for example"
    ),
)


def counters():
    """Return what each counter of cores says that this runtime has."""
    said = {"the machine's (os.cpu_count)": os.cpu_count(), "usable by this process": usable_cores()}
    if hasattr(os, "process_cpu_count"):
        said["usable, by os.process_cpu_count"] = os.process_cpu_count()
    return said


def test_every_counter_finds_a_core(evidence):
    """Each counter of cores that this runtime offers finds at least one core here."""
    said = counters()
    evidence.figures("cores", said)

    assert min(said.values()) >= 1


@needs(can_fork, can_pin)
def test_process_can_be_left_with_one_core(clean_room, evidence):
    """A process that is held on one core may use that one, however many the machine counts."""
    usable, counted = clean_room.run(introduction.cores_when_held_on_one)
    evidence.figures("a process held on one core", {"it may use": usable, "os.cpu_count says": counted})

    assert usable == 1
    assert counted == os.cpu_count()


@saboteur(caught_by=test_every_counter_finds_a_core)
def counter_that_finds_nothing(patch):
    """A counter says that there is no core."""
    patch.here(usable_cores=lambda: 0)


@saboteur(caught_by=test_process_can_be_left_with_one_core)
def process_that_is_not_held(patch):
    """The process keeps all of its cores."""
    patch.in_child(introduction.every_core_usable)
