"""The same loop beside other threads: in interpreters of one process, in forked processes, and in machine code."""

from __future__ import annotations

import os
import subprocess
import time

from concurrency_lib import fork
from concurrency_lib.threads import run_together
from spec.processes.targets.turns import Latch, await_the_others
from spec.threads.targets.busy import Life, Ran, life_of

LOOP = """
import time
until, x = {until!r}, 0
while time.perf_counter() < until:
    for _ in range(100):
        x = x ^ 1
"""


def in_interpreters(count: int, seconds: float) -> Ran:
    """Run the loop in interpreters of this one process, each in a thread of its own."""
    from concurrent import interpreters  # noqa: PLC0415 - from 3.14 on

    made = [interpreters.create() for _ in range(count)]
    try:
        for each in made:
            each.exec("import time")
        used, began = time.process_time(), time.perf_counter()
        program = LOOP.format(until=began + seconds)
        lives = run_together(*[lambda each=each: life_of(lambda: each.exec(program)) for each in made])
        return Ran(began, time.perf_counter() - began, time.process_time() - used, lives)
    finally:
        for each in made:
            each.close()


def in_processes(count: int, seconds: float) -> Ran:
    """Run the loop in forked processes, which begin when all of them are there."""
    gate, (out, into) = os.pipe(), os.pipe()
    used, began = seconds_of_children(), time.perf_counter()
    children = [fork.start(live_in_a_process, gate, seconds, into) for _ in range(count)]
    for end in (*gate, into):
        os.close(end)
    with os.fdopen(out, "rb") as told:
        lives = lives_in(told.read())
    for child in children:
        with child:
            child.wait()
    return Ran(began, time.perf_counter() - began, seconds_of_children() - used, lives)


def live_in_a_process(gate: Latch, seconds: float, into: int) -> None:
    """Run the loop here, and tell of it."""
    await_the_others(*gate)
    program = compile(LOOP.format(until=time.perf_counter() + seconds), "loop", "exec")
    life = life_of(lambda: exec(program, {}))
    os.write(into, f"{life.passed} {life.used} {life.queued}\n".encode())


def in_machine_code(program: str, threads: int, seconds: float) -> Ran:
    """Let a compiled program run its loop in threads, of each of which it tells in a line."""
    used, began = seconds_of_children(), time.perf_counter()
    done = subprocess.run([program, str(threads), str(seconds)], check=True, capture_output=True)
    return Ran(began, time.perf_counter() - began, seconds_of_children() - used, lives_in(done.stdout))


def lives_in(told: bytes) -> list[Life]:
    """Read a line for each life: how long it was, the processor time that it used, how long it queued."""
    return [Life(*map(float, line.split()), []) for line in told.splitlines()]


def seconds_of_children() -> float:
    """Return the processor time of the children that have ended."""
    return sum(os.times()[2:4])
