"""The loop under the lock, with all that it needs, in two threads."""

import threading

savings = 0
guard = threading.Lock()


def in_and_out(amount):
    global savings  # noqa: PLW0603 - a global variable is what this is about
    savings = savings + amount
    savings = savings - amount


def repeat(amount):
    for _ in range(100_000):
        guard.acquire()
        try:
            in_and_out(amount)
        finally:
            guard.release()


if __name__ == "__main__":
    threads = [threading.Thread(target=repeat, args=(amount,)) for amount in (5, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("savings:", savings)
    print("lock:", "held" if guard.locked() else "free")
