"""The search: depth-first over what the workers may do next, without knowing what a worker is.

It keeps only the path of the present run: each choice on it, and the choices there that are done with. Every
run repeats a part of that path from a fresh start and then goes on; so memory grows with the length of a run,
not with their number.

Without a bound, sleep sets (Godefroid, 1996) leave out the runs that differ from one already made only in the
order of steps that do not conflict: of each such family exactly one run is made whole. With a bound on
preemptions nothing is left out but what the bound excludes, since the two together would lose runs that the
bound admits.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from concurrency_lib.interleavings.operations import conflict
from concurrency_lib.interleavings.results import Nondeterministic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concurrency_lib.interleavings.operations import Operation


class Node:
    """One choice of the path: which workers could go on and with what, which went, and which need not."""

    __slots__ = ("chosen", "current", "done", "enabled", "preemptions", "sleeping")

    def __init__(
        self,
        enabled: Mapping[int, Operation],
        current: int | None,
        preemptions: int,
        sleeping: dict[int, Operation],
    ) -> None:
        self.enabled = enabled
        self.current = current if current in enabled else None
        self.preemptions = preemptions  # on the path so far, this choice excluded
        self.sleeping = sleeping
        self.done: set[int] = set()
        self.chosen = -1

    def cost(self, worker: int) -> int:
        """Return how many preemptions the path has if this worker goes on."""
        return self.preemptions + (self.current is not None and worker != self.current)


class Search:
    """Chooses, run after run, until every schedule within the bound was run."""

    def __init__(self, bound: int | None = None, *, reduced: bool = True) -> None:
        if bound is not None and bound < 0:
            raise ValueError(f"bound: expected a number of preemptions, got {bound}")
        self.bound = bound
        self._reduced = reduced and bound is None
        self._path: list[Node] = []
        self._depth = 0

    def begin(self) -> None:
        """Start a run."""
        self._depth = 0

    def choose(self, enabled: Mapping[int, Operation], current: int | None) -> int | None:
        """Return who goes on, or None if whatever may follow is equivalent to a run that was made."""
        if self._depth < len(self._path):
            node = self._path[self._depth]
            if node.enabled != enabled:
                raise Nondeterministic(self._depth, node.enabled, enabled)
        else:
            node = self._next_node(enabled, current)
            candidates = self._candidates(node)
            if not candidates:
                return None
            first = node.current is not None and node.current in candidates
            node.chosen = node.current if first and node.current is not None else candidates[0]
            self._path.append(node)
        self._depth += 1
        return node.chosen

    def advance(self) -> bool:
        """Turn to the next schedule; tell whether there is one."""
        if self._depth < len(self._path):
            raise Nondeterministic(self._depth, self._path[self._depth].enabled, {})
        while self._path:
            node = self._path[-1]
            node.done.add(node.chosen)
            if self._reduced:
                node.sleeping[node.chosen] = node.enabled[node.chosen]
            candidates = self._candidates(node)
            if candidates:
                node.chosen = candidates[0]
                return True
            self._path.pop()
        return False

    def turns(self) -> tuple[int, ...]:
        """Return the choices of the present run."""
        choices = [node.chosen for node in self._path[: self._depth]]
        return tuple(choices)  # made of a generator, each tuple would leave another in the free list

    def switches(self) -> int:
        """Return how often the present run turns from one worker to another."""
        turns = self.turns()
        return sum(one != other for one, other in pairwise(turns))

    def _candidates(self, node: Node) -> Sequence[int]:
        return [
            worker
            for worker in node.enabled
            if worker not in node.done
            and worker not in node.sleeping
            and (self.bound is None or node.cost(worker) <= self.bound)
        ]

    def _next_node(self, enabled: Mapping[int, Operation], current: int | None) -> Node:
        if not self._path:
            return Node(enabled, current, 0, {})
        last = self._path[-1]
        step = last.enabled[last.chosen]
        still = {worker: op for worker, op in last.sleeping.items() if not conflict(op, step)}
        return Node(enabled, current, last.cost(last.chosen), still)


class Script:
    """Chooses as a recorded schedule says, and after its end lets the current worker go on."""

    def __init__(self, turns: Sequence[int]) -> None:
        self._turns = turns
        self._depth = 0

    def choose(self, enabled: Mapping[int, Operation], current: int | None) -> int:
        """Return who goes on."""
        depth, self._depth = self._depth, self._depth + 1
        if depth >= len(self._turns):
            return current if current is not None and current in enabled else min(enabled)
        if self._turns[depth] not in enabled:
            raise Nondeterministic(depth, self._turns[depth], enabled)
        return self._turns[depth]
