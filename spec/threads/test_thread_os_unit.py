"""A thread is a unit that the operating system itself knows, schedules and keeps the time of."""

import time
from threading import Event

from spec.support import Claim, Condition, Holds, needs, saboteur
from spec.support.capabilities import has_proc, has_threads
from spec.support.deadlines import deadline, wait_until
from spec.threads.targets.thread_tasks import keeps_time, tasks, time_of
from spec.threads.thread_emulated import emulated, swapped
from spec.threads.together import together

claim = Claim(
    zh="线程是操作系统自己认识的执行单位：由它调度，也由它分别计时。",
    decides={"thread.os-unit": 200},
    ruling=Holds(),
    needs=[has_threads, has_proc],
)

COMPUTING = 0.005  # seconds of processor time
in_threads = together
kernel_keeps_time = Condition("the kernel keeps the time of each thread", keeps_time)


def compute():
    """Use up some processor time."""
    begun = time.thread_time()
    while time.thread_time() - begun < COMPUTING:
        sum(range(100))


def test_each_thread_has_a_number_in_the_kernel(evidence):
    """Threads that live at once are as many different tasks of the kernel, the main thread's not among them."""
    may_end = Event()
    before = tasks()
    with in_threads(*[lambda: may_end.wait(deadline())] * 3, at_end=may_end.set) as running:
        numbers = {each.thread.native_id for each in running}
        now = tasks()
    evidence.figures("tasks of the kernel", {"before": len(before), "with three threads": len(now)})

    assert len(numbers) == 3
    assert numbers <= now
    assert not numbers & before


@needs(kernel_keeps_time)
def test_each_thread_has_its_own_time(evidence):
    """While one thread computes the kernel adds to that thread's time, and not to that of one that waits."""
    may_end, computed = Event(), Event()

    def compute_and_stay():
        compute()
        computed.set()
        may_end.wait(deadline())

    with in_threads(compute_and_stay, lambda: may_end.wait(deadline()), at_end=may_end.set) as (busy, idle):
        assert computed.wait(deadline())
        numbers = [each.thread.native_id for each in (busy, idle)]
        # The kernel may put time down only when a thread has left the processor.
        wait_until(lambda: sum(map(time_of, numbers)) >= COMPUTING, "time put down")
        of_busy, of_idle = map(time_of, numbers)
    evidence.figures("time on a processor", {"computing": (1000 * of_busy, "ms"), "waiting": (1000 * of_idle, "ms")})

    assert of_busy >= COMPUTING / 2
    assert of_idle < of_busy / 2


@saboteur(caught_by=test_each_thread_has_a_number_in_the_kernel)
def threads_that_the_kernel_does_not_know(patch):
    """Threads are emulated within the main thread."""
    patch.here(in_threads=emulated)


@saboteur(caught_by=test_each_thread_has_its_own_time)
def time_put_down_to_another_thread(patch):
    """The time of the thread that computes is put down to the one that waits."""
    patch.here(in_threads=swapped)
