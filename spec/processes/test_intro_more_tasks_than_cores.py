"""There are more tasks than cores."""

import os
from pathlib import Path

from spec.processes.targets import waiting
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_proc

claim = Claim(
    zh="任务的个数超过核心的个数。",
    decides={"intro.more-tasks-than-cores": 15},
    ruling=HoldsIf(
        condition="tasks that sleep are counted with those that are ready to run",
        because="it is so on a usual machine because nearly all of its tasks wait for something, and such a task needs "
        "no core; the ready ones may be fewer than the cores, and a container may hold three processes in all",
        correction=Text(
            en="Most tasks sleep: only those that are ready to run share the cores, and these may well be fewer.",
            zh="绝大多数任务都在休眠；真正争用核心的只有就绪任务，其数量完全可能少于核心数。",
        ),
        references=["https://man7.org/linux/man-pages/man5/proc_loadavg.5.html"],
    ),
    needs=[can_fork, has_proc],
)

CORES = os.cpu_count()


def census(clean_room, evidence):
    """Have twice as many tasks wait as there are cores."""
    found = clean_room.run(waiting.census_of, 2 * CORES)
    here = {"tasks made here": found.made, "of these asleep": found.asleep, "processes in sight": found.processes}
    evidence.figures("tasks and cores", {"cores": CORES} | here | ready_and_all())
    return found


def ready_and_all():
    """Return what the kernel says of its whole machine: tasks ready to run, and all tasks."""
    ready, _, every = Path("/proc/loadavg").read_text().split()[3].partition("/")
    return {"ready on the whole machine": int(ready), "tasks of the whole machine": int(every)}


def test_tasks_outnumber_the_cores(clean_room, evidence):
    """The kernel keeps more processes at once than the machine has cores."""
    found = census(clean_room, evidence)

    assert found.processes >= found.made > CORES


def test_waiting_tasks_need_no_core(clean_room, evidence):
    """Tasks that wait are all asleep, and so none of them is ready to use a core."""
    found = census(clean_room, evidence)

    assert found.asleep == found.made


@saboteur(caught_by=test_waiting_tasks_need_no_core)
def tasks_that_compute(patch):
    """The tasks compute."""
    patch.in_child(waiting.tasks_that_compute)


@saboteur(caught_by=test_waiting_tasks_need_no_core)
def tasks_that_end(patch):
    """The tasks end at once."""
    patch.in_child(waiting.tasks_that_end)


@saboteur(caught_by=test_tasks_outnumber_the_cores)
def system_of_one_process_a_core(patch):
    """The system makes no more than one process for each core."""
    patch.in_child(waiting.one_task_a_core)
