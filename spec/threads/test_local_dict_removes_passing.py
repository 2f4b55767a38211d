"""With a dictionary keyed by thread no function has to be handed the object, however deep it is called."""

import inspect
import threading

from hypothesis.strategies import integers

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.programs import sample
from spec.support.properties import for_any
from spec.threads.local_fragments import Guest, Kitchen, defined_by
from spec.threads.local_lockstep import each, in_lockstep
from spec.threads.local_registers import ByThread, UnderOneKey

claim = Claim(
    zh="有了按线程存取的字典，调用多少层函数都不必再把对象当参数传下去。",
    decides={"local.dict-removes-passing": 338},
    ruling=Holds(),
    needs=[has_threads],
)

HANDED_DOWN = sample(__file__, "local_parameters")
LOOKED_UP = sample(__file__, "local_dictionary")
CALLED = ["show_around", "serve_dinner"]
Register = ByThread


def parameters(program):
    """Return the names of the parameters of the functions that are called on the way."""
    functions = defined_by(program)
    return [list(inspect.signature(functions[name]).parameters) for name in CALLED]


def find_below(depth, register):
    """Go so many calls deeper before looking up the object, which no call is handed."""
    return find_below(depth - 1, register) if depth else register.find()


def test_the_functions_have_no_parameters(evidence):
    """Of the two programs, one hands its functions the object, and the other, with the dictionary, nothing at all."""
    handed_down, looked_up = parameters(HANDED_DOWN), parameters(LOOKED_UP)
    evidence.figures("parameters of the two functions", {"handed down": str(handed_down), "looked up": str(looked_up)})

    assert handed_down == [["guest"], ["guest"]]
    assert looked_up == [[], []]


def test_both_functions_find_the_guest_all_the_same():
    """The functions without parameters are done for the very guest for whom those with parameters are."""
    kitchen = Kitchen()
    needed = {"Guest": Guest, "greet": kitchen.does("greet"), "pour_tea": kitchen.does("pour tea")}
    defined_by(LOOKED_UP, threading=threading, **needed)["receive"]("Ann")

    assert [task for task, _ in kitchen.served] == ["greet", "pour tea"]
    assert len({id(guest) for _, guest in kitchen.served}) == 1


def test_the_object_is_found_at_any_depth():
    """However deep a function is called, it finds its thread's own object."""
    register = Register()
    with in_lockstep("A", "B") as threads:
        for thread in threads:
            thread.do(register.put, thread.name)

        @for_any(integers(0, 100), examples=15)
        def finds_its_own(depth):
            assert each(threads, find_below, depth, register) == ["A", "B"]


@saboteur(caught_by=test_the_functions_have_no_parameters)
def functions_that_are_handed_the_guest(patch):
    """The program with the dictionary hands the guest down as well."""
    patch.here(LOOKED_UP=HANDED_DOWN)


@saboteur(caught_by=test_both_functions_find_the_guest_all_the_same)
def function_that_finds_another(patch):
    """One of the functions makes a guest of its own."""
    pours = "    guest = guests[threading.current_thread()]\n    pour_tea(guest)"
    patch.here(LOOKED_UP=LOOKED_UP.replacing(pours, "    pour_tea(Guest('Eve'))"))


@saboteur(caught_by=test_the_object_is_found_at_any_depth)
def dictionary_with_one_key(patch):
    """All threads look under the same key."""
    patch.here(Register=UnderOneKey)
