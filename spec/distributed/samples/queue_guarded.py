"""Starts a manager's server in the guarded part of the main module, by the method that it is told, if any."""

import multiprocessing
import queue
import sys
from multiprocessing.managers import BaseManager

jobs = queue.Queue()


def get_jobs():
    return jobs


class Publisher(BaseManager):
    """Hands out the queue."""


Publisher.register("get_jobs", callable=get_jobs)

if __name__ == "__main__":
    publisher = Publisher(authkey=b"abc", ctx=multiprocessing.get_context(*sys.argv[1:]))
    publisher.start()
    to_do = publisher.get_jobs()
    to_do.put("a job")
    print("published jobs:", to_do.qsize())
    publisher.shutdown()
