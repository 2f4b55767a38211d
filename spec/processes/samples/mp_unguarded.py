"""Starts a process from the top level of the main module."""

import multiprocessing


def work():
    print("the child at work")


child = multiprocessing.Process(target=work)
child.start()
child.join()
