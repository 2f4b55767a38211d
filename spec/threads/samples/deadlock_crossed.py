"""Two threads that each hold a lock and want the other's: daemons, or interrupted when there is no more to do."""

import os
import signal
import sys
import threading

left, right, all_are_there = threading.Lock(), threading.Lock(), threading.Barrier(3)


def cross(first, second):
    with first:
        all_are_there.wait()
        with second:
            print("one got through")


def interrupt_at_the_end():
    threading.main_thread().join()
    while True:
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(0.05)  # one that came before the wait began is lost


kind = sys.argv[1]
for order in (left, right), (right, left):
    threading.Thread(target=cross, args=order, daemon=kind == "daemons").start()
all_are_there.wait()
print("each holds one")
if kind == "interrupted":
    threading.Thread(target=interrupt_at_the_end, daemon=True).start()
