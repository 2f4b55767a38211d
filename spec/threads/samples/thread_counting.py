"""A thread counts to five, with a pause after each number; the main thread waits for its end."""

import sys
import threading
import time

pause = float(sys.argv[1])


def say(what):
    print(threading.current_thread().name, what)


def count():
    say("begins")
    for number in range(1, 6):
        say(f"counts {number}")
        time.sleep(pause)
    say("ends")


begun = time.monotonic()
say("begins")
counter = threading.Thread(target=count, name="LoopThread")
counter.start()
counter.join()
say("ends")
print(f"{time.monotonic() - begun:.6f}", file=sys.stderr)
