"""Calls of functions nest: whoever was called last is the first to come back."""

from hypothesis.strategies import integers, lists

from spec.async_io.coroutine_calls import entries_of, show_entries
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.properties import for_any

claim = Claim(
    zh="函数调用一层套一层：最后被调用的，最先返回。",
    decides={"coro.subroutine-hierarchical": 541},
    ruling=HoldsIf(
        condition="the functions run until they return, and none of them is a generator or a coroutine",
        because="a generator is left at a yield while its call is still open, and whoever drives two of them enters "
        "and leaves them in any order; some languages have calls that never come back, or come back twice",
        correction=Text(
            en="Ordinary calls end in the opposite order of their beginning; generators and coroutines need not.",
            zh="普通函数的调用按开始的相反次序结束；生成器和协程则不必如此。",
        ),
        references=["https://docs.python.org/3/reference/expressions.html#yield-expressions"],
    ),
    needs=[has_threads],
)

NESTED = [
    ("enters", "first"),
    ("enters", "second"),
    ("enters", "third"),
    ("leaves", "third"),
    ("leaves", "second"),
    ("leaves", "first"),
]
CROSSED = [
    ("enters", "left"),
    ("leaves", "left"),
    ("enters", "right"),
    ("leaves", "right"),
    ("enters", "left"),
    ("leaves", "left"),
    ("enters", "right"),
    ("leaves", "right"),
]


def first():
    second()


def second():
    third()


def third():
    pass


def left():
    yield


def right():
    yield


def alternate(one, other):
    """Begin both, and end them in the order in which they began."""
    ones, others = one(), other()
    for each in (ones, others, ones, others):
        next(each, None)


def branch(tree):
    for below in tree:
        branch(below)


def tree_of(parents):
    """Make a tree of lists: each node hangs below the one that the number names among those before it."""
    nodes = [[]]
    for parent in parents:
        nodes.append([])
        nodes[parent % (len(nodes) - 1)].append(nodes[-1])
    return nodes[0]


def nested(tree):
    """Return the entries of a branch and of all below it, each within the one above."""
    return [("enters", "branch"), *[entry for below in tree for entry in nested(below)], ("leaves", "branch")]


def test_three_calls_come_back_in_opposite_order(evidence):
    """Where one function calls a second and that a third, the third returns first and the first one last."""
    entries = entries_of(first, among={"first", "second", "third"})
    show_entries(evidence, "three functions", entries)

    assert entries == NESTED


def test_any_tree_of_calls_nests():
    """Whatever functions call whatever others, none is left before all those that it called have been."""

    @for_any(lists(integers(0, 10), max_size=10), examples=15)
    def nests(parents):
        tree = tree_of(parents)

        assert entries_of(branch, tree, among={"branch"}) == nested(tree)


def test_two_generators_end_in_the_order_they_began(evidence):
    """Two generators that are driven in turn are entered and left alternately, and the first to begin ends first."""
    entries = entries_of(alternate, left, right, among={"left", "right"})
    show_entries(evidence, "two generators that are driven in turn", entries)

    assert entries == CROSSED


@saboteur(caught_by=test_three_calls_come_back_in_opposite_order)
def calls_that_are_put_off(patch):
    """The second function does not call the third, but leaves it to the first."""
    patch.here(first=lambda: (second(), third()), second=lambda: None)


@saboteur(caught_by=test_any_tree_of_calls_nests)
def calls_that_wait_in_line(patch):
    """A branch is left before those below it are entered."""

    def branch(tree):
        waiting.extend(tree)

    def all_branches(tree):
        waiting[:] = [tree]
        while waiting:
            branch(waiting.pop())

    waiting = []
    patch.here(branch=all_branches)


@saboteur(caught_by=test_two_generators_end_in_the_order_they_began)
def generators_that_run_through(patch):
    """Each generator goes on to its end when it is begun."""
    patch.here(alternate=lambda one, other: [*one(), *other()])
