"""Work is done at the same time in one of three ways: by processes, by threads, or by processes of several threads."""

from contextlib import ExitStack

from concurrency_lib import processes
from spec.processes.targets import activities
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores, has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="要同时做几件事，办法有三种：多个进程、多个线程，或者每个进程再带多个线程。",
    decides={"intro.three-ways": (23, 27)},
    ruling=HoldsIf(
        condition="only what the operating system switches between is counted",
        because="an event loop has many coroutines in progress in one thread of one process, which is none of the "
        "three; interpreters beside each other in one process (PEP 734) are threads to the system, yet share nothing",
        correction=Text(
            en="Coroutines in an event loop are a fourth way, and sub-interpreters, since 3.14 in the standard "
            "library, lie between threads and processes.",
            zh="事件循环里的协程是第四种办法；3.14 起进入标准库的子解释器则介于线程与进程之间。",
        ),
        references=["https://docs.python.org/3/library/asyncio.html", "https://peps.python.org/pep-0734/"],
    ),
    needs=[has_semaphores, has_threads],
)

PARTS = [range(start, start + 250) for start in (0, 250, 500, 750)]
ANSWER = sum(number**2 for number in range(1000))


def by_processes(mp_context, *shares):
    """Have each share, a list of parts, done by a process of its own, in a thread for each part."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(processes.start(activities.do_parts, "in_threads", share, mp_context=mp_context))
            for share in shares
        ]
        return [part for process in started for part in process.result(deadline())]


def shape(parts, evidence):
    """Return how many processes and how many threads did the parts, and what they come to."""
    found = len({part.process for part in parts}), len({(part.process, part.thread) for part in parts})
    places = {f"part {n}": f"process {part.process}, thread {part.thread}" for n, part in enumerate(parts, 1)}
    evidence.figures("who did the four parts", places)
    return *found, sum(part.result for part in parts)


def test_job_is_done_by_four_processes(mp_context, evidence):
    """Four processes of one thread each do a job in four parts."""
    parts = by_processes(mp_context, *([part] for part in PARTS))

    assert shape(parts, evidence) == (4, 4, ANSWER)


def test_job_is_done_by_four_threads(mp_context, evidence):
    """One process of four threads does the same job."""
    parts = by_processes(mp_context, PARTS)

    assert shape(parts, evidence) == (1, 4, ANSWER)


def test_job_is_done_by_two_processes_of_two_threads(mp_context, evidence):
    """Two processes of two threads each do the same job as well."""
    parts = by_processes(mp_context, PARTS[:2], PARTS[2:])

    assert shape(parts, evidence) == (2, 4, ANSWER)


@needs(can_fork)
def test_job_is_done_by_four_coroutines(clean_room, evidence):
    """One thread of one process does the same job too, with four coroutines in progress at once."""
    parts = clean_room.run(activities.do_parts, "in_coroutines", PARTS)

    assert shape(parts, evidence) == (1, 1, ANSWER)


@saboteur(caught_by=test_job_is_done_by_four_processes)
def processes_that_are_none(patch):
    """What was to be done by processes is done by the caller."""
    patch.here(by_processes=lambda _, *shares: [part for share in shares for part in activities.in_threads(share)])


@saboteur(caught_by=test_job_is_done_by_four_threads)
def one_thread_for_everything(patch):
    """A process does its parts one after another."""
    patch.in_child(activities.threads_that_are_not_made)


@saboteur(caught_by=test_job_is_done_by_two_processes_of_two_threads)
def one_thread_in_each_process(patch):
    """A process takes no notice of how many threads it was to have."""
    patch.in_child(activities.threads_that_are_not_made)


@saboteur(caught_by=test_job_is_done_by_four_coroutines)
def thread_for_each_coroutine(patch):
    """Each coroutine is driven by a thread of its own."""
    patch.in_child(activities.coroutines_on_threads)
