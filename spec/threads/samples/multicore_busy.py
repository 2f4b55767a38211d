"""Starts a thread for every core, each of which loops without end, and has nothing else to do."""

import os
import threading


def spin():
    flag = 0
    while True:
        flag = 1 - flag


for _ in range(os.cpu_count() or 1):
    threading.Thread(target=spin).start()
