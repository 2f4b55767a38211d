"""Starts one process, waits for it, and says so before and after."""

import multiprocessing
import os


def greet(whom):
    print(f"child {os.getpid()} greets {whom}")


if __name__ == "__main__":
    print(f"parent {os.getpid()}")
    child = multiprocessing.Process(target=greet, args=("the reader",))
    print("about to start a child")
    child.start()
    child.join()
    print("the child is gone")
