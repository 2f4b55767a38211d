"""For work that computes, as many tasks as there are cores use them all, and more use nothing else."""

from spec.choosing.targets import workload_tasks
from spec.choosing.workload_sampling import sampled_in
from spec.processes.turn_taking import one_core
from spec.support import Claim, HoldsIf, Text, measured, measured_alone, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, gil_is_on, has_threads, several_cores
from spec.support.measuring import decide, recorded
from spec.support.runtime import usable_cores
from spec.threads.busy_cores import MANY, ONE_CORE, sampled, used, wanted
from spec.threads.targets import busy, busy_beside

claim = Claim(
    zh="计算类的工作，任务数与核心数相同就能把核心全部用上，再多也没有别的可用了。",
    decides={"workload.optimum-equals-cores": 398},
    ruling=HoldsIf(
        condition="the tasks are processes, or threads without an interpreter lock",
        because="threads of Python code under a lock use one core however many they are; and to have more processes "
        "than cores hardly costs anything, so the best number is a plateau that begins at the number of cores; tasks "
        "of unequal length, or that wait for memory, do better with more",
        correction=Text(
            en="One process for each core is enough for work that computes; the number is no sharp optimum, and for "
            "threads under an interpreter lock it is one.",
            zh="对计算类的工作来说，每个核心一个进程就够了，稍多一些也差别不大；有解释器锁的线程则一个就够。",
        ),
        references=[
            "https://docs.python.org/3/library/os.html#os.process_cpu_count",
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
        ],
    ),
    needs=[can_fork, several_cores],
)

SECONDS = 0.012
N = min(usable_cores(), MANY)

cores_of = sampled
costs = sampled_in


@measured
def test_one_process_uses_one_core(clean_room, evidence):
    """A single process that computes wants one core and leaves the others."""
    cores = cores_of(clean_room, evidence, wanted, busy_beside.in_processes, 1, SECONDS)

    assert not decide(cores, "cores that one process wants", evidence, threshold=ONE_CORE, unit="cores")


@measured
def test_a_process_for_each_core_uses_all(clean_room, evidence):
    """As many processes as there are cores want all of them."""
    cores = cores_of(clean_room, evidence, wanted, busy_beside.in_processes, N, SECONDS)

    assert decide(cores, f"cores that {N} processes want", evidence, threshold=N - 0.5, unit="cores")


@measured
@needs(can_pin)
def test_more_processes_than_cores_save_nothing(clean_room, evidence):
    """Four processes on one core do not do in half of the processor time what one does."""
    title = "four processes and one process"
    ratios = costs(clean_room, evidence, title, "ms", workload_tasks.dearer_by, 4, one_core())

    assert decide(ratios, "four processes by one", evidence, threshold=0.5, unit="times the processor time")


@measured_alone
@needs(has_threads, gil_is_on)
def test_threads_under_a_lock_use_one_core(clean_room, evidence):
    """As many threads of Python code as there are cores keep about one core busy where an interpreter lock is on."""
    cores = cores_of(clean_room, evidence, used, busy.run, "xor", N, SECONDS * 4)

    assert not decide(cores, f"cores that {N} threads use", evidence, threshold=ONE_CORE, unit="cores")


@saboteur(caught_by=test_one_process_uses_one_core)
def process_on_two_cores(patch):
    """A single process is on two cores at once."""
    patch.here(cores_of=recorded(*[1.97] * 6))


@saboteur(caught_by=test_a_process_for_each_core_uses_all)
def processes_in_turn(patch):
    """Each process computes only while the others pause."""
    patch.here(cores_of=recorded(*[1.02] * 6))


@saboteur(caught_by=test_more_processes_than_cores_save_nothing)
def processes_that_leave_work_out(patch):
    """The processes leave out what they share."""
    patch.here(costs=recorded(*[0.26] * 6))


@saboteur(caught_by=test_threads_under_a_lock_use_one_core)
def threads_without_a_lock(patch):
    """Every thread has a core for itself."""
    patch.here(cores_of=recorded(*[1.95] * 6))
