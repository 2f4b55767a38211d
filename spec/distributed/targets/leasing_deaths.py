"""A run in which workers are killed at random, and replaced."""

from __future__ import annotations

import multiprocessing
import random
from typing import Any

from concurrency_lib.task_server import Master, TaskServer, Worker
from spec.distributed.targets.leasing import KEY, double


def serve_in_a_process(door: Any, lease: float) -> None:
    """Serve, until the other side closes the door; then tell the counts."""
    with TaskServer(key=KEY, lease=lease, attempts=1000, tell=lambda _: None) as server:
        door.send(server.address)
        door.recv()
        door.send(server.status())


def work_in_a_process(address: Any) -> None:
    """Work, without a sound."""
    Worker(address, KEY, batch=8).run()


def kill_at_random(kills: int, seed: int) -> tuple[int, list[int], dict[str, int]]:
    """Kill workers at random while they work, a new one for each.

    Returns how many were killed, the values in the tasks' order, each as often as it was accepted, and the counts.
    """
    chance, context = random.Random(seed), multiprocessing.get_context("fork")
    here, there = context.Pipe()
    server = context.Process(target=serve_in_a_process, args=(there, 5.0))
    server.start()
    address = here.recv()
    workers = [start_worker(context, address) for _ in range(3)]
    dead, values = list[Any](), list[tuple[int, int]]()
    try:
        with Master(address, KEY) as master:
            for result in master.run(double, endless(lambda: len(dead) < kills)):
                values.append((result.index, result.value()))
                if len(dead) < kills and chance.random() < 0.2:
                    victim = chance.randrange(len(workers))
                    workers[victim].kill()
                    dead.append(workers[victim])  # whose end the run does not wait for
                    workers[victim] = start_worker(context, address)
            here.send("the end")
            return len(dead), [value for _, value in sorted(values)], here.recv()
    finally:
        for process in (*dead, *workers, server):
            end(process)


def endless(going_on: Any) -> Any:
    """Yield numbers, as long as this goes on."""
    number = 0
    while going_on():
        yield number
        number += 1


def start_worker(context: Any, address: Any) -> Any:
    """Start a worker's process."""
    process = context.Process(target=work_in_a_process, args=(address,))
    process.start()
    return process


def end(process: Any) -> None:
    """Kill a process, and reap it."""
    process.kill()
    process.join()


def results_delivered_twice(patch: Any) -> None:
    """Hand each result to a master's program twice."""
    run = Master.run

    def twice(*args: Any) -> Any:
        for result in run(*args):
            yield result
            yield result

    patch.setattr(Master, "run", twice)
