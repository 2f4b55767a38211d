"""Forks, and lets the process that the command line names speak before the other."""

import os
import sys

first = sys.argv[1]
here, there = os.pipe()
child = os.fork()
name = "parent" if child else "child"
if name != first:
    os.read(here, 1)
print(name, os.getpid(), flush=True)
if name == first:
    os.write(there, b".")
if child:
    os.wait()
