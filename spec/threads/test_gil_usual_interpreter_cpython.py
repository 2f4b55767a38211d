"""The interpreter that runs this is CPython, the one that the language's own project publishes."""

import platform
import sys

from spec.support import Claim, Condition, HoldsIf, Text, documents_word, saboteur

claim = Claim(
    zh="执行这段代码的解释器就是官方发布的 CPython。",
    decides={"gil.usual-interpreter-cpython": 287},
    ruling=HoldsIf(
        condition=Condition(
            "this interpreter is CPython",
            lambda: "" if sys.implementation.name == "cpython" else f"this interpreter is {sys.implementation.name}",
        ),
        because="which interpreter most people use cannot be asked of one of them; which one this is, it says "
        "itself, and others exist, such as PyPy",
        correction=Text(
            en="Other interpreters of the language exist, and name themselves so; what is said of CPython's lock "
            "need not hold for them.",
            zh="这门语言还有别的解释器，它们会报出自己的名字；关于 CPython 那把锁的说法，对它们不一定成立。",
        ),
        references=[
            "https://docs.python.org/3/library/sys.html#sys.implementation",
            "https://docs.python.org/3/reference/introduction.html#alternate-implementations",
        ],
    ),
)


def names():
    """Return what this interpreter calls itself, by each of the ways to ask."""
    return {
        "sys.implementation.name": sys.implementation.name,
        "platform.python_implementation()": platform.python_implementation(),
    }


@documents_word()
def test_it_calls_itself_cpython(evidence):
    """The interpreter that runs this calls itself CPython."""
    told = names()
    evidence.figures("what this interpreter calls itself", told)

    assert {name.lower() for name in told.values()} == {"cpython"}


def test_every_way_to_ask_gives_one_name():
    """However it is asked, an interpreter gives one name."""
    assert len({name.lower() for name in names().values()}) == 1


@saboteur(caught_by=test_it_calls_itself_cpython)
def interpreter_of_another_make(patch):
    """Another interpreter runs this."""
    patch.here(names=lambda: {"by itself": "pypy"})


@saboteur(caught_by=test_it_calls_itself_cpython, restores=True)
def interpreter_of_the_usual_make(patch):
    """CPython runs this."""
    patch.here(names=lambda: {"by itself": "CPython"})


@saboteur(caught_by=test_every_way_to_ask_gives_one_name)
def interpreter_with_two_names(patch):
    """The interpreter passes itself off as another."""
    patch.here(names=lambda: {"by itself": "pypy", "by the library": "CPython"})
