"""The module multiprocessing offers two facilities by the names of Queue and Pipes."""

import multiprocessing
from types import SimpleNamespace

from spec.processes.talking import pipe_between, queue_between, running
from spec.processes.targets import messages, messages_broken
from spec.processes.values import ITEM
from spec.support import Claim, Refuted, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_start_programs, has_semaphores
from spec.support.deadlines import arrives, deadline, ends
from spec.support.properties import for_any

claim = Claim(
    zh="multiprocessing 模块里有两样设施，名字分别叫 Queue 和 Pipes。",
    decides={"ipc.queue-and-pipes-provided": 154},
    ruling=Refuted(
        because="nothing of multiprocessing was ever called Pipes: the plural that existed, the module "
        "pipes, built shell pipelines, and is gone since 3.13",
        correction=Text(
            en="The names are Queue and Pipe. A Queue has as many readers and writers as one likes; a Pipe "
            "has two ends, each of which sends and receives unless it is made to go one way.",
            zh="名字应是 Queue 与 Pipe。Queue 的读者和写者数量不限；Pipe 只有两端，"
            "除非指定为单向，每一端都既能发也能收。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Pipe"],
    ),
    needs=[can_start_programs],
)

MODULE = multiprocessing


@documents_word(ends_in=AttributeError, match="Pipes")
def test_both_names_are_there():
    """The module has a Queue and has Pipes."""
    assert all(callable(facility) for facility in (MODULE.Queue, MODULE.Pipes))


@needs(has_semaphores)
def test_a_queue_takes_from_several_and_gives_to_all(mp_context):
    """Several children put into one Queue, and whoever asks takes what any of them put."""
    with queue_between(mp_context) as queue:
        made = set()
        for _ in range(2):
            with running(mp_context, messages.put_own_pid, queue) as child:
                made.add(child.pid)
                ends(child)

        assert {queue.get(timeout=deadline()) for _ in range(2)} == made


def test_any_value_goes_both_ways_through_a_pipe(mp_context):
    """Any value that can be pickled, empty or larger than a pipe, goes to a child and back through a Pipe."""
    with (
        pipe_between(mp_context, duplex=True) as (here, there),
        running(mp_context, messages.echo_connection, there) as child,
    ):

        @for_any(ITEM, examples=20)
        def comes_back_equal(value):
            here.send((value,))

            assert arrives(here, "the answer") == (value,)

        here.send(None)
        ends(child)


@saboteur(caught_by=test_both_names_are_there, restores=True)
def module_with_the_plural(patch):
    """The module calls its pipes Pipes."""
    patch.here(MODULE=SimpleNamespace(Queue=multiprocessing.Queue, Pipes=multiprocessing.Pipe))


@saboteur(caught_by=test_a_queue_takes_from_several_and_gives_to_all)
def queue_for_texts(patch):
    """The queue passes on what a value looks like."""
    patch.in_child(messages_broken.put_text_instead)


@saboteur(caught_by=test_any_value_goes_both_ways_through_a_pipe)
def pipe_for_texts(patch):
    """The pipe passes on what a value looks like."""
    patch.in_child(messages_broken.send_text_instead)
