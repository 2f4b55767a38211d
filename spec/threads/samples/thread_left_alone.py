"""Starts a thread and leaves it alone, so that one sees what becomes of it at the main thread's end."""

import _thread
import sys
import threading

kind, waits_for = sys.argv[1:]


def work():
    running.set()
    if waits_for == "main thread":
        threading.main_thread().join()
    else:
        threading.Event().wait()
    print("the other thread ends", flush=True)


running = threading.Event()
if kind == "_thread":
    _thread.start_new_thread(work, ())
else:
    threading.Thread(target=work, daemon=kind == "daemon").start()
running.wait()
print("the main thread ends", flush=True)
