"""The loop under the lock, as it is printed: without its import, and without the function that it calls."""

savings = 0
guard = threading.Lock()  # noqa: F821 - the fragment is printed without its import


def repeat(amount):
    for _ in range(100_000):
        guard.acquire()
        try:
            in_and_out(amount)  # noqa: F821 - nor is what it calls printed
        finally:
            guard.release()
