"""The master's program puts ten jobs, prints the ten answers that a worker gives, and ends."""

import pickle
import queue
import re

from spec.distributed.managing_methods import forks_by_default
from spec.distributed.queue_programs import MASTER, MENDED_MASTER, PATIENT, local, local_master, playing
from spec.distributed.targets import queue_playing
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.outcomes import raised_by

claim = Claim(
    zh="主控程序放入十个任务，打印工作进程给出的十个结果，然后结束。",
    decides={"dist.sample13-output": (426, 464)},
    ruling=Outdated(
        since="3.14",
        condition=forks_by_default,
        because="the program ties its names to lambdas, which no process can be handed that is not forked, "
        "and starts its server without a guard; so since 3.14 it ends in PicklingError before it has put "
        "anything; and on any version it ends in queue.Empty where no worker answers in time",
        correction=Text(
            en="With functions that have names, and a guard, the program prints the same under every start method.",
            zh="改用具名函数，并加上判断保护，程序在任何启动方式下都打印同样的内容。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#using-a-remote-manager",
            "https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods",
        ],
    ),
    needs=[can_start_programs, can_start_processes, can_fork],
)

WORKER = PATIENT
MENDED = local_master(MENDED_MASTER)


def starting_by(method, master):
    """Return a master's program that says by which method its server is started."""
    chosen = f"import multiprocessing\nimport queue\nmultiprocessing.set_start_method({method!r})\n"
    return master.replacing("import queue\n", chosen)


ALONE = starting_by("fork", MENDED.replacing("timeout=10", "timeout=0.01"))


def played(master, clean_room):
    """Run a master, and a worker once it has published; return what became of the master."""
    with playing(master) as first:
        _, _, address = first.next_line().rpartition(" ")
        if address:  # or else it has ended
            worker = WORKER if address.isdigit() else local(WORKER)
            raised_by(clean_room.run, queue_playing.play, worker.source, address)  # what a worker ends in is its own
        return first.end()


def told(ran, pattern):
    """Return what the program's lines of one kind tell."""
    return re.findall(rf"^{pattern}$", ran.output, re.MULTILINE)


def is_as_shown(ran):
    """Tell whether a master printed ten jobs and their answers in one order, and a line before and after each part."""
    put, answered = told(ran, r"puts (\d+)"), told(ran, r"answer: (\d+) \* \1 = \d+")
    kinds = [line.split()[0] for line in ran.lines]
    shown = ["published", *["puts"] * 10, "waits", *["answer:"] * 10, "the"]
    return (ran.status, kinds) == (0, shown) and put == answered


@documents_word()
def test_the_master_prints_what_is_shown(clean_room, evidence):
    """Over TCP the program that ties names to lambdas, without a guard, prints its jobs and the answers to them."""
    ran = played(MASTER, clean_room).show(evidence, "the master, with one worker")

    assert is_as_shown(ran)


def test_the_mended_master_prints_what_is_shown(clean_room, evidence):
    """The program with functions that have names, and with a guard, prints its jobs and the answers to them."""
    ran = played(MENDED, clean_room).show(evidence, "the mended master, with one worker")

    assert is_as_shown(ran)


def ended_alone(clean_room, master, folder):
    """Run a master without a worker; return the lines that it prints, and the exception in which it ends."""
    printed = folder / "printed"
    error = raised_by(clean_room.run, queue_playing.play_into, str(printed), master.source)
    return printed.read_text().splitlines(), error


def test_a_master_alone_ends_in_an_error(clean_room, evidence, tmp_path):
    """Where no worker answers within its time, the master ends in queue.Empty, and without its last line."""
    printed, error = ended_alone(clean_room, ALONE, tmp_path)
    evidence.transcript("without a worker", "python queue_master_mended.py", "\n".join(printed), repr(error))

    assert printed[-1] == "waits for answers"
    assert isinstance(error, queue.Empty)


def test_the_lambdas_of_the_master_need_fork(clean_room, evidence, tmp_path):
    """As it stands, and told to spawn, the master ends in PicklingError before it has published anything."""
    printed, error = ended_alone(clean_room, starting_by("spawn", MASTER), tmp_path)
    evidence.transcript("as it stands, by spawn", "python queue_master.py", "\n".join(printed), repr(error))

    assert printed == []
    assert isinstance(error, pickle.PicklingError)


@saboteur(caught_by=test_the_master_prints_what_is_shown, restores=True)
def forking_again(patch):
    """The program asks for fork."""
    patch.here(MASTER=starting_by("fork", local_master(MASTER)))


@saboteur(caught_by=test_the_master_prints_what_is_shown)
def master_that_is_in_a_hurry(patch):
    """The master does not stay for the answers."""
    hurries = MASTER.replacing('print("answer:", done.get(timeout=10))', "pass")
    patch.here(MASTER=local_master(hurries))


@saboteur(caught_by=test_the_mended_master_prints_what_is_shown)
def master_that_puts_nine(patch):
    """The master prints a job that it does not put."""
    kept = "if _:\n                to_do.put(number)"
    patch.here(MENDED=MENDED.replacing("to_do.put(number)", kept).replacing("timeout=10", "timeout=0.01"))


@saboteur(caught_by=test_a_master_alone_ends_in_an_error)
def master_that_answers_itself(patch):
    """Every job is put as its own answer."""
    patch.here(ALONE=ALONE.replacing("to_do.put(number)", "done.put(number)"))


@saboteur(caught_by=test_the_lambdas_of_the_master_need_fork)
def master_without_lambdas(patch):
    """The master ties its names to functions that have names, and starts nothing."""
    named = MASTER.replacing("lambda: jobs", "queue.Queue").replacing("lambda: answers", "queue.Queue")
    patch.here(MASTER=named.replacing("publisher.start()", "raise LookupError"))
