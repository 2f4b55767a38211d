"""Functions that hand a guest down serve tea three times and greet once, each time given that guest."""

import inspect

from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample
from spec.threads.local_fragments import Guest, Kitchen, defined_by, error_of

claim = Claim(
    zh="层层把客人对象传下去的那几个函数，一共招呼一次、上茶三次，次次拿到的都是同一位客人。",
    decides={"local.sample10-shape": (297, 311)},
    ruling=Refuted(
        because="the sample is a fragment: it names a class and two functions that it does not define, so that it "
        "runs to its end without doing anything, and the first call ends in a NameError",
        correction=Text(
            en="Completed with the class and the two functions, one call does the first subtask once and the other "
            "three times, all with one object.",
            zh="把缺少的类和两个函数补上之后，调用一次就会做一遍第一件小事、三遍第二件小事，用的都是同一个对象。",
        ),
        references=["https://docs.python.org/3/reference/executionmodel.html#resolution-of-names"],
    ),
    needs=[can_start_programs],
)

FRAGMENT = sample(__file__, "local_parameters")
DOWN_THE_CHAIN = ["show_around", "serve_dinner"]


def as_it_stands(_kitchen):
    return {}


def completed(kitchen):
    """Return what the fragment lacks."""
    return {"Guest": Guest, "greet": kitchen.does("greet"), "pour_tea": kitchen.does("pour tea")}


def served_by(program, complete):
    """Receive one guest; return what was done for whom."""
    kitchen = Kitchen()
    defined_by(program, **complete(kitchen))["receive"]("Ann")
    return kitchen.served


@documents_word(ends_in=NameError, match="Guest")
def test_a_call_serves_its_guest():
    """Called as it stands, the fragment greets its guest once and pours tea three times."""
    assert [task for task, _ in served_by(FRAGMENT, as_it_stands)] == ["greet", *["pour tea"] * 3]


def test_it_defines_and_does_nothing(evidence):
    """Run as it stands, the fragment that hands a guest down prints nothing and ends with exit status 0."""
    ran = run(FRAGMENT).show(evidence, "the fragment as it stands")

    assert (ran.output, ran.errors, ran.status) == ("", "", 0)


def test_completed_it_serves_one_guest_four_times(evidence):
    """Completed, it greets once and then pours tea three times, for one and the same guest."""
    served = served_by(FRAGMENT, completed)
    evidence.figures("what one call does", {f"{n}. {task}": guest.name for n, (task, guest) in enumerate(served, 1)})

    assert [task for task, _ in served] == ["greet", "pour tea", "pour tea", "pour tea"]
    assert {guest.name for _, guest in served} == {"Ann"}
    assert len({id(guest) for _, guest in served}) == 1


def test_every_function_of_the_chain_takes_the_guest():
    """Each function in between has the guest for a parameter, without which the call is a TypeError."""
    defined = defined_by(FRAGMENT, **completed(Kitchen()))

    assert [list(inspect.signature(defined[name]).parameters) for name in DOWN_THE_CHAIN] == [["guest"]] * 2
    assert [error_of(defined[name]) for name in DOWN_THE_CHAIN] == [TypeError] * 2


@saboteur(caught_by=test_a_call_serves_its_guest, restores=True)
def fragment_with_all_it_lacks(patch):
    """The class and the two functions are there already."""
    patch.here(as_it_stands=completed)


@saboteur(caught_by=test_it_defines_and_does_nothing)
def fragment_that_calls_itself(patch):
    """The fragment goes on to receive a guest."""
    last = "def serve_dinner(guest):\n    pour_tea(guest)\n    pour_tea(guest)\n"
    patch.here(FRAGMENT=FRAGMENT.replacing(last, f"{last}\nreceive('Ann')\n"))


@saboteur(caught_by=test_completed_it_serves_one_guest_four_times)
def fragment_that_mixes_guests_up(patch):
    """Dinner is served to somebody of the same name."""
    patch.here(FRAGMENT=FRAGMENT.replacing("    serve_dinner(guest)\n", "    serve_dinner(Guest(name))\n"))


@saboteur(caught_by=test_every_function_of_the_chain_takes_the_guest)
def function_that_needs_no_guest(patch):
    """Dinner is served to whom it may concern."""
    patch.here(FRAGMENT=FRAGMENT.replacing("def serve_dinner(guest):", "def serve_dinner(guest=None):"))
