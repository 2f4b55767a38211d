"""To the operating system, a process that does one thing is one task."""

from spec.processes.targets import activities
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads

claim = Claim(
    zh="在操作系统眼里，只做一件事的进程就是一个任务。",
    decides={"intro.task-is-process": 17},
    ruling=HoldsIf(
        condition="the process has a single thread",
        because="what Linux schedules is the thread: a process of six threads is six tasks, which share one process id",
        correction=Text(
            en="A process is as many tasks as it has threads; each is scheduled by itself.",
            zh="进程里有多少个线程，内核就有多少个任务，各自独立参与调度。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man7/sched.7.html",
            "https://man7.org/linux/man-pages/man5/proc_pid_task.5.html",
        ],
    ),
    needs=[can_fork, has_proc, has_threads],
)


def test_process_with_one_thread_is_one_task(clean_room, evidence):
    """The kernel lists one task for a process with one thread, and by the process's own id."""
    process, tasks = clean_room.run(activities.kernel_tasks, 0)
    evidence.figures("a process with one thread", {"process": process, "tasks": str(tasks)})

    assert tasks == [process]


def test_each_further_thread_is_a_further_task(clean_room, evidence):
    """The kernel lists six tasks for one process that has started five threads."""
    process, tasks = clean_room.run(activities.kernel_tasks, 5)
    evidence.figures("a process with six threads", {"process": process, "tasks": str(tasks)})

    assert len(tasks) == 6
    assert process in tasks


@saboteur(caught_by=test_process_with_one_thread_is_one_task)
def second_thread(patch):
    """The process does a second thing beside the first."""
    patch.in_child(activities.thread_beside_the_main_one)


@saboteur(caught_by=test_each_further_thread_is_a_further_task)
def threads_inside_one_task(patch):
    """What the threads were to do is done by the one task that there is."""
    patch.in_child(activities.threads_that_are_not_made)
