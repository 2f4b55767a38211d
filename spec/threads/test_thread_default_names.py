"""A thread that nobody named is called Thread-1, the next one Thread-2, and so on."""

from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import before, can_fork
from spec.threads.targets import thread_names

claim = Claim(
    zh="没有起名的线程，依次叫做 Thread-1、Thread-2……",
    decides={"thread.default-names": 226},
    ruling=Outdated(
        since="3.10",
        condition=before(3, 10),
        because="since 3.10 the name of the function that the thread is to run follows the number",
        correction=Text(
            en="It is called Thread-1 (work), by its number and its function; without the latter only where it "
            "has no function with a name, as in a subclass of Thread.",
            zh="它叫 Thread-1 (work)，即编号加上函数名；只有没有具名函数时（比如 Thread 的子类），才只有编号。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.Thread"],
    ),
    needs=[can_fork],
)

NUMBERED = [f"Thread-{number}" for number in range(1, 6)]


@documents_word()
def test_unnamed_threads_have_numbers_alone(clean_room):
    """The first five threads made of a function and no name are called Thread-1 to Thread-5."""
    assert clean_room.run(thread_names.names_of_unnamed, ["function"] * 5) == NUMBERED


def test_unnamed_threads_have_numbers_and_functions(clean_room, evidence):
    """The first five threads made of a function and no name have a number and that function's name."""
    names = clean_room.run(thread_names.names_of_unnamed, ["function"] * 5)
    evidence.figures("threads that nobody named", {f"number {count}": name for count, name in enumerate(names, 1)})

    assert names == [f"{name} (work)" for name in NUMBERED]


def test_all_kinds_are_counted_together(clean_room, evidence):
    """A subclass without a function, and a function without a name, leave the number alone; all share one count."""
    kinds = ["subclass", "function", "partial", "subclass", "function"]
    names = clean_room.run(thread_names.names_of_unnamed, kinds)
    evidence.figures("threads that nobody named", dict(zip(names, kinds, strict=True)))

    assert names == [
        f"{name} (work)" if kind == "function" else name for name, kind in zip(NUMBERED, kinds, strict=True)
    ]


@saboteur(caught_by=test_unnamed_threads_have_numbers_alone, restores=True)
def naming_as_it_was(patch):
    """A thread is called by its number, whatever it runs."""
    patch.in_child(thread_names.numbers_alone)


@saboteur(caught_by=test_unnamed_threads_have_numbers_and_functions)
def naming_without_the_function(patch):
    """A thread is called by its number alone, although it has a function."""
    patch.in_child(thread_names.numbers_alone)


@saboteur(caught_by=test_all_kinds_are_counted_together)
def a_count_for_each_kind(patch):
    """Each kind of threads has a count of its own."""
    patch.in_child(thread_names.counting_for_each_kind)
