"""A guest is stored in the dictionary once, and each function that needs the guest looks it up by its thread."""

import threading

from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.programs import run, sample
from spec.threads.local_fragments import Guest, Kitchen, defined_by, error_of
from spec.threads.local_lockstep import in_lockstep, show_acts

claim = Claim(
    zh="客人只往字典里存一次，之后哪个函数要用，就按当前线程自己去查。",
    decides={"local.sample11-comments": (322, 333)},
    ruling=Refuted(
        because="the sample is a fragment: it imports nothing and names a class that it does not define, so that "
        "it runs to its end without doing anything, and the first call ends in a NameError",
        correction=Text(
            en="Completed with the import and the class, two threads at once each serve their own guest; a "
            "thread that stored none gets a KeyError.",
            zh="补上 import 和那个类之后，两个线程同时运行，各自招呼各自的客人；没存过客人的线程去查，"
            "会得到 KeyError。",
        ),
        references=["https://docs.python.org/3/reference/executionmodel.html#resolution-of-names"],
    ),
    needs=[can_start_programs, has_threads],
)

FRAGMENT = sample(__file__, "local_dictionary")


def as_it_stands(_kitchen):
    return {}


def completed(kitchen):
    """Return what the fragment lacks."""
    return {
        "threading": threading,
        "Guest": Guest,
        "greet": kitchen.does("greet"),
        "pour_tea": kitchen.does("pour tea"),
    }


def served(kitchen):
    return [(task, guest.name) for task, guest in kitchen.served]


@documents_word(ends_in=NameError, match="Guest")
def test_a_call_finds_its_guest():
    """Called as it stands, the fragment stores a guest, and its two functions find that one."""
    kitchen = Kitchen()
    defined_by(FRAGMENT, **as_it_stands(kitchen))["receive"]("Ann")

    assert served(kitchen) == [("greet", "Ann"), ("pour tea", "Ann")]


def test_it_defines_and_does_nothing(evidence):
    """Run as it stands, the fragment with the dictionary prints nothing and ends with exit status 0."""
    ran = run(FRAGMENT).show(evidence, "the fragment as it stands")

    assert (ran.output, ran.errors, ran.status) == ("", "", 0)


def test_completed_each_thread_serves_its_guest(evidence):
    """Completed, each of two threads serves its own guest, though the other has stored one meanwhile."""
    kitchen = Kitchen()
    functions = defined_by(FRAGMENT, **completed(kitchen))
    with in_lockstep("A", "B") as (a, b):
        a.do(functions["receive"], "Ann")
        b.do(functions["receive"], "Ben")
        a.do(functions["show_around"])
        show_acts(evidence, "two threads and one dictionary", a, b)

    assert served(kitchen) == [
        ("greet", "Ann"),
        ("pour tea", "Ann"),
        ("greet", "Ben"),
        ("pour tea", "Ben"),
        ("greet", "Ann"),
    ]
    assert len(functions["guests"]) == 2


def test_a_thread_without_a_guest_gets_a_key_error():
    """A thread that has stored nothing gets a KeyError, whoever else has stored a guest."""
    functions = defined_by(FRAGMENT, **completed(Kitchen()))
    functions["receive"]("Eve")
    with in_lockstep("newcomer") as (newcomer,):
        error = newcomer.do(error_of, functions["show_around"])

    assert error is KeyError


def with_lookup(method):
    """Return the fragment with another kind of dictionary."""
    return FRAGMENT.replacing("guests = {}", f"class Guests(dict):\n    {method}\n\n\nguests = Guests()")


@saboteur(caught_by=test_a_call_finds_its_guest, restores=True)
def fragment_with_all_it_lacks(patch):
    """The import and the class are there already."""
    patch.here(as_it_stands=completed)


@saboteur(caught_by=test_it_defines_and_does_nothing)
def fragment_that_speaks(patch):
    """The fragment shows its dictionary."""
    patch.here(FRAGMENT=FRAGMENT.replacing("guests = {}", "guests = {}\nprint(guests)"))


@saboteur(caught_by=test_completed_each_thread_serves_its_guest)
def fragment_with_one_guest_for_all(patch):
    """The guest is stored under a name that is the same for all threads."""
    patch.here(FRAGMENT=with_lookup("__getitem__ = lambda self, _: [*self.values()][-1]"))


@saboteur(caught_by=test_a_thread_without_a_guest_gets_a_key_error)
def fragment_that_finds_any_guest(patch):
    """A thread without a guest is given another's."""
    patch.here(FRAGMENT=with_lookup("__missing__ = lambda self, _: [*self.values()][0]"))
