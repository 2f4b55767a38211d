"""Takes ten jobs out of a queue that a master has published, and puts the square of each into another."""

import queue  # noqa: F401 - as the program has it
import sys
import time
from multiprocessing.managers import BaseManager


class Subscriber(BaseManager):
    """Knows the two queues by name."""


Subscriber.register("get_jobs")
Subscriber.register("get_answers")
address = ("127.0.0.1", int(sys.argv[1]))
print("connects to", address[0], flush=True)
subscriber = Subscriber(address=address, authkey=b"abc")
subscriber.connect()
jobs = subscriber.get_jobs()
answers = subscriber.get_answers()
for _ in range(10):
    try:
        number = jobs.get(timeout=1)
        print("squares", number, flush=True)
        time.sleep(0.001)  # stands for work
        answers.put(f"{number} * {number} = {number * number}")
    except Queue.Empty:  # noqa: F821 - there is no such name, and that is the point
        print("found no job")
print("the worker ends")
