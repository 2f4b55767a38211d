"""Starts a thread that waits for a lock, and lets the lock go when there is no more to do but to wait for it."""

import threading

lock = threading.Lock()
lock.acquire()


def work():
    with lock:
        print("the thread works")


def let_go_at_the_end():
    threading.main_thread().join()
    lock.release()


threading.Thread(target=work).start()
threading.Thread(target=let_go_at_the_end, daemon=True).start()
print("the program has come to its end")
