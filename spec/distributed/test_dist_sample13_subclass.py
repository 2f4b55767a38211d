"""A manager's class is derived from BaseManager, so that the names it registers are its own."""

from spec.distributed.targets import managing_broken, managing_registers
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="管理器类从 BaseManager 派生，这样登记的名字只归它自己。",
    decides={"dist.sample13-subclass": 437},
    ruling=Holds(),
    needs=[can_fork],
)


def test_a_name_stays_with_the_class_that_registers_it(clean_room, evidence):
    """A name that a derived class registers is known to that class, and to neither its base nor its siblings."""
    known_to = clean_room.run(managing_registers.classes_that_know, "get_jobs", managing_registers.the_derived)
    evidence.figures("registered on the derived class One", {"known to": ", ".join(known_to)})

    assert known_to == ["One"]


def test_a_name_of_the_base_reaches_every_class(clean_room, evidence):
    """BaseManager can register names itself, and then every class that is derived from it knows them."""
    known_to = clean_room.run(managing_registers.classes_that_know, "get_jobs", managing_registers.the_base)
    evidence.figures("registered on BaseManager itself", {"known to": ", ".join(known_to)})

    assert known_to == ["BaseManager", "One", "Later"]


@saboteur(caught_by=test_a_name_stays_with_the_class_that_registers_it)
def one_register_for_all_classes(patch):
    """Every class registers its names for all."""
    patch.in_child(managing_broken.one_register_for_all)


@saboteur(caught_by=test_a_name_of_the_base_reaches_every_class)
def base_that_cannot_register(patch):
    """A name that the base registers is known to nobody."""
    patch.in_child(managing_broken.base_that_passes_nothing_on)
