"""Says who imports it, changes a value of its own, and starts a child that says which value it finds."""

import multiprocessing
import sys

print("imported as", __name__, flush=True)
state = "as imported"


def tell():
    print("the child finds it", state, flush=True)


if __name__ == "__main__":
    state = "as changed"
    child = multiprocessing.get_context(sys.argv[1]).Process(target=tell)
    child.start()
    child.join()
    sys.exit(child.exitcode)
