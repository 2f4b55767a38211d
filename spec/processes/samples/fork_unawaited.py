"""Forks a child that ends, does not wait for it, and shows what the kernel says of it then."""

import os
import time
from pathlib import Path

child = os.fork()
if child == 0:
    os._exit(0)
entry = Path(f"/proc/{child}/stat")
while entry.exists() and (state := entry.read_text().rpartition(")")[2].split()[0]) != "Z":
    time.sleep(0.001)
print(f"state {state}" if entry.exists() else "gone")
