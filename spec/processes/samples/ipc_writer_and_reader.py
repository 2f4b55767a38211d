"""One child puts three letters into a queue, another takes them in an endless loop, until it is terminated."""

import multiprocessing
import os


def write(letters, printed):
    print("writer", os.getpid())
    for letter in "ABC":
        print("puts", letter)
        letters.put(letter)
        printed.acquire()  # not before the reader has printed it


def read(letters, printed):
    print("reader", os.getpid())
    while True:
        print("gets", letters.get())
        printed.release()


if __name__ == "__main__":
    letters, printed = multiprocessing.Queue(), multiprocessing.Semaphore(0)
    writer = multiprocessing.Process(target=write, args=(letters, printed))
    reader = multiprocessing.Process(target=read, args=(letters, printed))
    writer.start()
    reader.start()
    writer.join()
    reader.terminate()
    reader.join()
