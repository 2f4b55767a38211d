"""A thousand tasks at once wait long for their turns, but most of the processor time still goes into their work."""

import statistics

from spec.choosing.targets import switch_crowds
from spec.support import Claim, Refuted, Text, documents_word, measured, saboteur, slow
from spec.support.capabilities import can_fork, can_pin, has_threads
from spec.support.evidence import in_ms
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="上千个任务同时运行时，每个任务都要久等，但处理器时间的大部分仍然用在任务本身上。",
    decides={"switch.thousands-thrash": 392},
    ruling=Refuted(
        because="the system switches when a time slice is over, and not more often because more tasks are there: a "
        "thousand threads of half a millisecond each used a fifth more than alone; what grows with their "
        "number is the wait for a turn, and the memory. Threads that contend for an interpreter lock come closer to "
        "the sentence, for each of them asks for the lock 200 times a second",
        correction=Text(
            en="With thousands of tasks it is the single task that is late, not the work that stands still. A machine "
            "that seems dead with a noisy disk is short of memory: it is busy moving pages, not switching.",
            zh="任务上千时，变慢的是单个任务的响应，整体的活并没有停下来。硬盘狂转、机器像死了一样，那是内存不够，"
            "系统忙着换页，而不是忙着切换任务。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man7/sched.7.html",
            "https://docs.kernel.org/scheduler/sched-design-CFS.html",
        ],
    ),
    needs=[can_fork, can_pin, has_threads],
)

TASKS, PIECES, BATCHES = 1000, 20, 10


def sampled(clean_room, evidence):
    """Yield, for one part of the crowd after another, what its tasks used in the crowd by what they use alone."""
    crowd = clean_room.run(switch_crowds.crowd, TASKS, PIECES)
    rows = {"alone": alone_of(crowd), "in the crowd": statistics.median(task.crowded for task in crowd)}
    evidence.figures("processor time of a task", {name: (in_ms(took), "ms") for name, took in rows.items()})
    for batch in range(BATCHES):
        part = crowd[batch::BATCHES]
        yield Sample(sum(task.crowded for task in part) / sum(task.alone for task in part))


def alone_of(crowd):
    """Return the processor time that a task of a crowd uses alone."""
    return statistics.median(task.alone for task in crowd)


samples = sampled


@documents_word()
@slow("makes a thousand threads, and has each of them compute")
@measured
def test_thousand_tasks_leave_little_time_for_work(clean_room, evidence):
    """Of the processor time of a thousand tasks at once, more goes into switching than into their work."""
    ratios = samples(clean_room, evidence)

    assert decide(ratios, "processor time in a crowd of a thousand, by that alone", evidence, threshold=2)


def test_tasks_of_a_crowd_wait_for_their_turns(clean_room, evidence):
    """Half of a hundred tasks that share one core are done only after twenty times as long as each needs itself."""
    crowd = clean_room.run(switch_crowds.crowd, 100, PIECES)
    done = statistics.median(task.done for task in crowd)
    rows = {"needs itself": alone_of(crowd), "is done after (median)": done}
    evidence.figures("a task among a hundred", {name: (in_ms(took), "ms") for name, took in rows.items()})

    assert done > 20 * alone_of(crowd)


@saboteur(caught_by=test_thousand_tasks_leave_little_time_for_work, restores=True)
def system_that_mostly_switches(patch):
    """The system needs more time for its switches than it leaves to the tasks."""
    patch.here(samples=recorded(5.2, 4.8, 6.1, 5.5, 4.9, 5.0))


@saboteur(caught_by=test_tasks_of_a_crowd_wait_for_their_turns)
def core_for_every_task(patch):
    """No task waits for another."""
    patch.in_child(switch_crowds.core_for_every_task)
