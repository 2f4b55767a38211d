"""Lets subprocess and multiprocessing start a process each, and prints the calls that make them."""

import multiprocessing
import subprocess
import sys

CALLS = {"_winapi.CreateProcess", "os.fork", "os.posix_spawn"}


def hear(event, _):
    """Print a call that makes a process, with the module that is at work."""
    if event in CALLS and __name__ == "__main__":
        print(f"{stage}: {event}", flush=True)


if __name__ == "__main__":
    stage = "preparation"
    sys.addaudithook(hear)
    stage = "subprocess"
    subprocess.run([sys.executable, "-c", ""], check=True)
    stage = "multiprocessing"
    process = multiprocessing.get_context("spawn").Process(target=int)
    process.start()
    process.join()
