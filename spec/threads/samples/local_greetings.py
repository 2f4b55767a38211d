"""Has two threads each bind a guest to one thread-local, and greet the guest that they find there."""

import threading

# one object for all threads, whose attributes each thread has for itself
desk = threading.local()


def greet():
    print(f"welcome {desk.guest} (at {threading.current_thread().name})")


def receive(guest):
    desk.guest = guest
    greet()


def open_desks():
    ann = threading.Thread(target=receive, args=("Ann",), name="desk-1")
    ben = threading.Thread(target=receive, args=("Ben",), name="desk-2")
    ann.start()
    ben.start()
    ann.join()
    ben.join()


if __name__ == "__main__":
    open_desks()
