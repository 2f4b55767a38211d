"""Starts a child without asking whether it is itself the main program."""

import multiprocessing
import sys

child = multiprocessing.get_context(sys.argv[1]).Process(target=print, args=["the child ran"])
child.start()
child.join()
sys.exit(child.exitcode)
