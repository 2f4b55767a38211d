"""Names the threads that an interpreter has before the program has started any."""

import threading

for thread in threading.enumerate():
    print(thread.name, thread is threading.main_thread(), thread is threading.current_thread())
