"""Two loops that wait for each other, and do not give a lock away while they do.

They meet where both get on at the same time. The turns that are asked for last a thousand seconds, so that nothing
but the end of a loop, which comes by the clock, gives a common lock away.
"""

from __future__ import annotations

import os
import sys
import threading
import time

from concurrency_lib.threads import run_together
from spec.support.sabotage import Patch

FOR_EVER = 1000.0  # seconds

LOOP = """
import sys, time
sys.setswitchinterval({for_ever})
until = time.monotonic() + {seconds}
board[me] = 1
while board[1 - me] != 1 and time.monotonic() < until:
    pass
board[me] = 1 if board[1 - me] == 1 else 2
sys.setswitchinterval(0.005)
"""
WHERE = """
import os
board[me] = os.getpid()
"""


def threads_meet(seconds: float) -> bool:
    """Let two threads of one interpreter loop until they meet, or for so long."""
    marks, may_begin, before = [0, 0], threading.Event(), sys.getswitchinterval()

    def live(me: int) -> bool:
        may_begin.wait()
        return meet(marks, me, time.monotonic() + seconds)

    threads = [threading.Thread(target=live, args=(me,)) for me in (0, 1)]
    for thread in threads:
        thread.start()
    sys.setswitchinterval(FOR_EVER)
    may_begin.set()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(before)
    return marks == [1, 1]


def meet(marks: list[int], me: int, until: float) -> bool:
    """Make a mark and look for the other's; take the own one back when the time is over."""
    marks[me] = 1
    while marks[1 - me] != 1 and time.monotonic() < until:
        pass
    if marks[1 - me] != 1:
        marks[me] = 2
    return marks[me] == 1


def interpreters_meet(seconds: float) -> bool:
    """Let two interpreters of one process do the same."""
    marks = memoryview(bytearray(2))
    in_interpreters(program(seconds), marks)
    return list(marks) == [1, 1]


def processes_of_interpreters() -> list[int]:
    """Return the id of this process, and of those in which two interpreters find themselves."""
    told = memoryview(bytearray(2 * 8)).cast("q")
    in_interpreters(WHERE, told)
    return [os.getpid(), *told]


def in_interpreters(code: str, board: memoryview) -> None:
    """Run code in two interpreters, each in a thread; it knows its number, and the board that both write on."""
    from concurrent import interpreters  # noqa: PLC0415 - from 3.14 on

    made = [interpreters.create() for _ in range(2)]

    def live(me: int) -> None:
        made[me].prepare_main(board=board, me=me)
        made[me].exec(code)
        made[me].exec("del board")

    try:
        run_together(lambda: live(0), lambda: live(1))
    finally:
        for each in made:
            each.close()


def program(seconds: float) -> str:
    """Return what an interpreter runs."""
    return LOOP.format(for_ever=FOR_EVER, seconds=seconds)


def one_at_a_time(patch: Patch) -> None:
    """Let the one loop begin only when the other has ended."""
    patch.setattr(sys.modules[__name__], "run_together", lambda *loops: [loop() for loop in loops])
    patch.setattr(sys.modules[__name__], "program", lambda _: LOOP.format(for_ever=FOR_EVER, seconds=0))
    patch.setattr(sys.modules[__name__], "meet", lambda *_: False)


def giving_way(patch: Patch) -> None:
    """Let each loop give way to the other on and on."""

    def meet_in_the_end(marks: list[int], me: int, _until: float) -> bool:
        marks[me] = 1
        while marks[1 - me] != 1:
            time.sleep(0.0001)
        return True

    patch.setattr(sys.modules[__name__], "meet", meet_in_the_end)


def process_for_each(patch: Patch) -> None:
    """Let each interpreter tell of a process of its own."""
    patch.setattr(sys.modules[__name__], "WHERE", "board[me] = -1 - me")
