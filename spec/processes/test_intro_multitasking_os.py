"""Several programs can be in progress on one machine at the same time."""

from contextlib import ExitStack

from concurrency_lib import processes
from spec.processes.targets import introduction
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import arrives, deadline
from spec.support.evidence import Lane, Span

claim = Claim(
    zh="同一台机器上，可以有好几个程序同时处在进行之中。",
    decides={"intro.multitasking-os": 9},
    ruling=Holds(),
    needs=[has_semaphores],
)

PROGRAMS = 3


def begin(stack, mp_context):
    """Start a program; when it has begun, return what ends it and returns its id, its beginning and its end."""
    ours, theirs = (stack.enter_context(end) for end in mp_context.Pipe())
    program = stack.enter_context(processes.start(introduction.live_until_told, theirs, mp_context=mp_context))
    arrives(ours, "the program's beginning")

    def end():
        ours.send("end")
        return program.result(deadline())

    return end


def all_begin_before_any_ends(stack, mp_context):
    """Start every program before any is told to end."""
    endings = [begin(stack, mp_context) for _ in range(PROGRAMS)]
    return [end() for end in endings]


live = all_begin_before_any_ends


def test_all_have_begun_before_any_has_ended(mp_context, evidence):
    """Three programs have all begun, each as a process of its own, before the first of them ends."""
    with ExitStack() as stack:
        lives = live(stack, mp_context)
    origin = min(began for _, began, _ in lives)
    in_ms = [(f"process {pid}", (began - origin) * 1000, (ended - origin) * 1000) for pid, began, ended in lives]
    evidence.timeline("programs in progress", [Lane(name, [Span("lives", *span)]) for name, *span in in_ms], "ms")

    pids, beginnings, ends = zip(*lives, strict=True)

    assert len(set(pids)) == PROGRAMS
    assert max(beginnings) < min(ends)


@saboteur(caught_by=test_all_have_begun_before_any_has_ended)
def system_for_one_program_at_a_time(patch):
    """A program is started when the one before it has ended."""
    patch.here(live=lambda stack, mp_context: [begin(stack, mp_context)() for _ in range(PROGRAMS)])


@saboteur(caught_by=test_all_have_begun_before_any_has_ended)
def programs_inside_one_process(patch):
    """All programs say that they are the same process."""
    patch.in_child(introduction.process_id_of_all)
