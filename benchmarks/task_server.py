"""How fast tasks pass through `task_server`, beside a manager's queue of single items, and Dask's `distributed`.

Run as `python benchmarks/task_server.py [TASKS]` in the project's root; `distributed` is measured where it is installed
(`pip install -e '.[distributed]'`). All have four workers, in processes of their own, and tasks that take no time. Each
is measured five times, in turn, and its median counts; the ratios are those of one run. With `--million`, a million
tasks follow, and what the server's process keeps in memory is told after each hundred thousand.
"""  # noqa: INP001 - a script, not part of a package

# ruff: noqa: ANN001, ANN002, ANN201, ANN202, D103, T201, PLC0415 - a script is read, not called, and prints

from __future__ import annotations

import multiprocessing
import operator
import queue
import statistics
import sys
import time
from contextlib import ExitStack, contextmanager
from multiprocessing.managers import BaseManager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from concurrency_lib.task_server import Master, TaskServer, Worker

KEY = b"the key of a benchmark"
WORKERS = 4
ROUNDS = 5
LATENCIES = 200
START = multiprocessing.get_context("forkserver")
QUEUES = queue.Queue(), queue.Queue()


def tasks():
    return QUEUES[0]


def results():
    return QUEUES[1]


class Queues(BaseManager):
    """Two queues of single items, as the document has them."""


Queues.register("tasks", tasks)
Queues.register("results", results)


def now(_):
    return time.monotonic()


def work_item_by_item(address):
    manager = Queues(address, KEY)
    manager.connect()
    source, sink = manager.tasks(), manager.results()
    while (item := source.get()) is not None:
        function, argument = item
        sink.put(function(argument))


def work_in_batches(address):
    Worker(address, KEY).run()


def serve(door):
    with TaskServer(key=KEY) as server:
        door.send(server.address)
        while door.recv() is not None:
            door.send(int(Path("/proc/self/statm").read_text().split()[1]) * 4)


@contextmanager
def processes(target, *args):
    started = [START.Process(target=target, args=args) for _ in range(WORKERS)]
    for process in started:
        process.start()
    try:
        yield
    finally:
        for process in started:
            process.join()


@contextmanager
def by_single_items():
    manager = Queues(("127.0.0.1", 0), KEY, ctx=START)
    manager.start()
    source, sink = manager.tasks(), manager.results()

    def run(function, number):
        for each in range(number):
            source.put((function, each))
        return [sink.get() for _ in range(number)]

    with manager, processes(work_item_by_item, manager.address):
        yield run
        for _ in range(WORKERS):
            source.put(None)


@contextmanager
def by_task_server(memory=None):
    here, there = START.Pipe()
    server = START.Process(target=serve, args=(there,))
    server.start()
    address = here.recv()
    with processes(work_in_batches, address):
        with Master(address, KEY) as master:

            def kept():
                here.send("how much")
                return here.recv()

            if memory is not None:
                memory.append(kept)
            yield lambda function, number: [result.value() for result in master.run(function, range(number))]
        here.send(None)
    server.join()


@contextmanager
def by_distributed():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield lambda function, number: client.gather(client.map(function, range(number), pure=False))


def throughput(run, number):
    began = time.perf_counter()
    assert len(run(operator.neg, number)) == number
    return number / (time.perf_counter() - began)


def latency(run):
    """Return the median time in ms from the sending of a task to its beginning, by a worker that waits."""
    waits = []
    for _ in range(LATENCIES):
        sent = time.monotonic()
        (begun,) = run(now, 1)
        waits.append((begun - sent) * 1000)
    return statistics.median(waits)


def candidates():
    yield "single items", by_single_items
    yield "task_server", by_task_server
    try:
        import distributed
    except ImportError:
        print("distributed is not installed")
    else:
        yield f"distributed {distributed.__version__}", by_distributed


def compare(number):
    with ExitStack() as stack:
        ways = {name: stack.enter_context(way()) for name, way in candidates()}
        for run in ways.values():
            run(operator.neg, WORKERS * 4)  # so that all are awake
        speeds = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, run in ways.items():
                speeds[name].append(throughput(run, number))
        waits = {name: latency(run) for name, run in ways.items()}
    ours, our_wait = statistics.median(speeds["task_server"]), waits["task_server"]
    for name, seen in speeds.items():
        speed, wait = statistics.median(seen), waits[name]
        ratios = f"task_server: {ours / speed:.1f} times as many, in {our_wait / wait:.2f} of the time"
        print(f"{name}: {speed:.0f} tasks a second, {wait:.2f} ms to a waiting worker; {ratios}")


def a_million():
    memory = []
    with by_task_server(memory) as run:
        for hundreds in range(1, 11):
            run(operator.neg, 100_000)
            print(f"after {hundreds}00 000 tasks the server keeps {memory[0]()} kB")


if __name__ == "__main__":
    print(sys.version)
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    compare(*numbers or [2000])
    if "--million" in sys.argv:
        a_million()
