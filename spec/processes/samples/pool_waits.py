"""Gives five jobs to four workers, says that it waits, and says when all is done."""

import multiprocessing
import os
import random
import time


def doze(job):
    print(f"job {job} begins in {os.getpid()}")
    begun = time.monotonic()
    time.sleep(random.random() / 100)
    print(f"job {job} took {time.monotonic() - begun:.2f} s")


if __name__ == "__main__":
    pool = multiprocessing.Pool(4)
    for job in range(5):
        pool.apply_async(doze, (job,))
    print("waiting for five jobs")
    pool.close()
    pool.join()
    print("all jobs are done")
