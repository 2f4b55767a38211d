"""A task that is taken off its core goes on later as if nothing had been: its state was put away and brought back."""

from spec.choosing.targets import models_memory, switch_hands
from spec.choosing.targets.models_memory import AFTER, BEFORE
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc, has_threads

claim = Claim(
    zh="任务被换下核心之后，再轮到它时能若无其事地接着运行：它的现场被保存下来，又原样恢复。",
    decides={"switch.saves-context": 392},
    ruling=HoldsIf(
        condition="the mapping of the memory counts as part of it between processes only",
        because="registers are put away and brought back at every switch, but threads of one process have one mapping "
        "of the memory, which stays as it is; that it is exchanged can be seen only between processes",
        correction=Text(
            en="Between two threads of a process the system exchanges registers and stack; the mapping of memory is "
            "exchanged only when the next task belongs to another process. No page of memory is copied.",
            zh="在同一进程的两个线程之间切换，只更换寄存器和栈；下一个任务属于别的进程时，才更换内存映射。内存页本身并不复制。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man5/proc_pid_status.5.html",
            "https://man7.org/linux/man-pages/man2/clone.2.html",
        ],
    ),
    needs=[has_proc, can_pin, can_fork, has_threads],
)


def test_every_hand_over_is_a_switch(clean_room, evidence):
    """When two threads of one core hand over, the kernel counts at least as many switches for each as it had turns."""
    switched = clean_room.run(switch_hands.hand_over_between_threads)
    rows = {f"thread {n}, {how}": getattr(c, how) for n, c in enumerate(switched.counted, 1) for how in c._fields}
    evidence.figures("switches that the kernel counted", {"turns of each thread": switched.rounds} | rows)

    # The last turn of a thread need not end in a switch, nor the first begin with one.
    assert min(map(sum, switched.counted)) >= switched.rounds - 1


def test_each_task_finds_its_own_state_again(clean_room):
    """Through all these switches each thread keeps the sum that it was adding up."""
    assert clean_room.run(switch_hands.hand_over_between_threads).own == [True, True]


def test_threads_have_one_mapping_of_memory(clean_room):
    """Between threads the mapping of memory is not exchanged: one address leads all of them to the same place."""
    assert clean_room.run(models_memory.found_after_write_by, "thread") == (AFTER, AFTER)


def test_processes_have_a_mapping_each(clean_room):
    """Between processes the mapping is exchanged: one address leads each of them to a place of its own."""
    assert clean_room.run(models_memory.found_after_write_by, "process") == (AFTER, BEFORE)


@saboteur(caught_by=test_every_hand_over_is_a_switch)
def turns_without_the_kernel(patch):
    """The tasks take all of their turns at once, and need no switch."""
    patch.in_child(switch_hands.turns_without_the_kernel)


@saboteur(caught_by=test_each_task_finds_its_own_state_again)
def state_that_gets_lost(patch):
    """A task finds something else in the place of its own sum."""
    patch.in_child(switch_hands.state_that_gets_lost)


@saboteur(caught_by=test_threads_have_one_mapping_of_memory)
def mapping_for_each_thread(patch):
    """Every thread writes to a place of its own."""
    patch.in_child(models_memory.memory_of_its_own)


@saboteur(caught_by=test_processes_have_a_mapping_each)
def mapping_for_all_processes(patch):
    """All processes write to one place."""
    patch.in_child(models_memory.memory_of_all)
