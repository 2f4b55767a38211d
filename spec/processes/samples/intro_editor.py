"""An editor without a text: its window is open until standard input ends.

Told `--single`, it opens no second window where there is one already.
"""

import fcntl
import os
import sys

if "--single" in sys.argv:
    the_window = open("window.lock", "w")
    try:
        fcntl.flock(the_window, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("left to the open window")
        sys.exit()

print(f"window of {os.getpid()}", flush=True)
sys.stdin.read()
