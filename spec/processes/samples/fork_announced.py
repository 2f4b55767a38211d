"""Announces itself, forks, and lets both processes say who they are."""

import os

print(f"started as {os.getpid()}")
child = os.fork()
if child:
    print(f"parent {os.getpid()} made {child}")
    os.wait()
else:
    print(f"child {os.getpid()} of {os.getppid()}")
