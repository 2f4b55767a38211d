"""Publishes two queues through a manager, puts ten jobs into one, and takes ten answers out of the other."""

import queue
import random
from multiprocessing.managers import BaseManager

jobs = queue.Queue()
answers = queue.Queue()


class Publisher(BaseManager):
    """Hands out the two queues."""


Publisher.register("get_jobs", callable=lambda: jobs)
Publisher.register("get_answers", callable=lambda: answers)
publisher = Publisher(address=("127.0.0.1", 0), authkey=b"abc")
publisher.start()
print("published at port", publisher.address[1], flush=True)
to_do = publisher.get_jobs()
done = publisher.get_answers()
for _ in range(10):
    number = random.randint(0, 10000)
    print("puts", number)
    to_do.put(number)
print("waits for answers")
for _ in range(10):
    print("answer:", done.get(timeout=10))
publisher.shutdown()
print("the master ends")
