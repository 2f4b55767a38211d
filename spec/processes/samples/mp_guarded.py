"""Says under which name it runs, and starts a process, by the method that it is given, in a guarded part."""

import multiprocessing
import sys

print(f"top level of {__name__}", flush=True)


def work():
    print("the child at work", flush=True)


if __name__ == "__main__":
    print("guarded part", flush=True)
    child = multiprocessing.get_context(sys.argv[1]).Process(target=work)
    child.start()
    child.join()
