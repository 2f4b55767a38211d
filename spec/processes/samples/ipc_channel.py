"""A writer sends three letters through a channel, and this program reads them until the writer is done."""

import os

from concurrency_lib.channels import Channel


def write(send):
    print("writer", os.getpid())
    for letter in "ABC":
        print("puts", letter)
        send(letter)


if __name__ == "__main__":
    with Channel() as letters:
        letters.start_writer(write)
        print("reader", os.getpid())
        for letter in letters:
            print("gets", letter)
