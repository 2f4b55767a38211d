"""Forks, and ends without waiting; the child then says who made it and whom it has for a parent."""

import os
import time

maker = os.getpid()
if os.fork() == 0:
    while os.getppid() == maker:
        time.sleep(0.001)
    print(f"made by {maker}, child of {os.getppid()}")
