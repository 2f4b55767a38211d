"""Publishes its queues by functions that have names, and starts its server in the guarded part."""

import queue
import random
from multiprocessing.managers import BaseManager

jobs = queue.Queue()
answers = queue.Queue()


def get_jobs():
    return jobs


def get_answers():
    return answers


class Publisher(BaseManager):
    """Hands out the two queues."""


Publisher.register("get_jobs", callable=get_jobs)
Publisher.register("get_answers", callable=get_answers)

if __name__ == "__main__":
    with Publisher(address=("127.0.0.1", 0), authkey=b"abc") as publisher:
        print("published at port", publisher.address[1], flush=True)
        to_do, done = publisher.get_jobs(), publisher.get_answers()
        for _ in range(10):
            number = random.randint(0, 10000)
            print("puts", number)
            to_do.put(number)
        print("waits for answers")
        for _ in range(10):
            print("answer:", done.get(timeout=10))
    print("the master ends")
