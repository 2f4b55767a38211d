"""The program prints what its writer puts and its reader gets, three values in the same order, and ends."""

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs, has_semaphores
from spec.support.programs import run, run_on_terminal, sample

claim = Claim(
    zh="这个程序会打印写进程放入的和读进程取出的三个值，次序一致，然后结束。",
    decides={"ipc.sample6-output": (160, 192)},
    ruling=HoldsIf(
        condition="standard output is a terminal, and the reader has got everything before it is terminated",
        because="terminate() ends the reader at whatever it is doing: what it has not yet taken is lost, "
        "and so is what it has printed while that is in the buffer of a pipe or a file; pauses of the "
        "writer make it less likely",
        correction=Text(
            en="Tell the reader of the end instead of terminating it, as a channel does: then it prints "
            "everything, also into a pipe.",
            zh="不要强行终止读进程，而应像通道那样告诉它已经没有更多内容：这样即使输出到管道，也会全部打印出来。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Process.terminate"],
    ),
    needs=[can_start_programs, has_semaphores],
)

LETTERS = ["A", "B", "C"]
KEEPS_UP = sample(__file__, "ipc_writer_and_reader")
UNTIL_THE_END = sample(__file__, "ipc_channel")
HURRIES = KEEPS_UP.replacing("        printed.acquire()  # not before the reader has printed it\n", "")
HELD_UP = HURRIES.replacing("    while True:", "    printed.acquire()  # nobody releases it\n    while True:")


def told(ran, verb):
    """Return the letters that one of the processes says it put, or got, in the order of the lines."""
    return [line.split()[1] for line in ran.lines if line.startswith(verb)]


def test_all_is_seen_on_a_terminal(evidence):
    """On a terminal, where the reader keeps up, the program prints three values put and the same ones got."""
    ran = run_on_terminal(KEEPS_UP).show(evidence, "on a terminal, the reader keeps up")

    assert told(ran, "puts") == told(ran, "gets") == LETTERS
    assert ran.status == 0


def test_what_the_reader_printed_is_lost_in_a_pipe(evidence):
    """Into a pipe nothing that the reader printed comes out: it is ended with its output in the buffer."""
    ran = run(KEEPS_UP).show(evidence, "into a pipe, the reader keeps up")

    assert told(ran, "puts") == LETTERS
    assert told(ran, "gets") == []


def test_what_a_late_reader_did_not_take_is_lost(evidence):
    """A reader that was held up is ended before it took anything: what was put is lost, terminal or not."""
    ran = run_on_terminal(HELD_UP).show(evidence, "on a terminal, the reader is held up")

    assert told(ran, "puts") == LETTERS
    assert told(ran, "gets") == []


def test_a_channel_loses_nothing(evidence):
    """Through a channel, whose reader is told of the end, all is read and printed, into a pipe as well."""
    ran = run(UNTIL_THE_END).show(evidence, "the same through a channel, into a pipe")

    assert told(ran, "puts") == told(ran, "gets") == LETTERS
    assert ran.status == 0


@saboteur(caught_by=test_all_is_seen_on_a_terminal)
def queue_that_delivers_nothing(patch):
    """What is put into the queue stays where it is."""
    patch.here(KEEPS_UP=KEEPS_UP.replacing("letters.put(letter)", "printed.release()"))


@saboteur(caught_by=test_what_the_reader_printed_is_lost_in_a_pipe)
def reader_without_a_buffer(patch):
    """What the reader prints leaves it at once."""
    patch.here(KEEPS_UP=KEEPS_UP.replacing("letters.get())", "letters.get(), flush=True)"))


@saboteur(caught_by=test_what_a_late_reader_did_not_take_is_lost)
def reader_that_is_never_late(patch):
    """The reader has taken all before it is terminated."""
    patch.here(HELD_UP=KEEPS_UP)


@saboteur(caught_by=test_a_channel_loses_nothing)
def channel_that_loses_an_item(patch):
    """The channel loses what it is given."""
    patch.here(UNTIL_THE_END=UNTIL_THE_END.replacing("        send(letter)\n", ""))
