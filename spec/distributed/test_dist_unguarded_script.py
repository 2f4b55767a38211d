"""A program may start a manager's server at the top level of its main module, without a guard."""

import re
from functools import partial

from spec.distributed.managing_methods import default_method, forks_by_default
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample
from spec.threads.together import together

claim = Claim(
    zh="程序可以在主模块顶层直接启动管理器的服务进程，不加判断保护。",
    decides={"dist.unguarded-script": (428, 446)},
    ruling=Outdated(
        since="3.14",
        condition=forks_by_default,
        because="a server that is not forked imports the main module before it serves, meets the start of a "
        "server there, and ends in RuntimeError; the program that waits for it ends in EOFError or a "
        "ConnectionError; since 3.14 Linux does not fork unless it is asked to",
        correction=Text(
            en='Start the server under `if __name__ == "__main__":`, where no import of the module gets.',
            zh='把启动服务进程的代码放在 `if __name__ == "__main__":` 之下，这样导入模块时就不会执行到它。',
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
            "https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods",
        ],
    ),
    needs=[can_start_programs, can_start_processes],
)

GUARDED = sample(__file__, "queue_guarded")
UNGUARDED = GUARDED.replacing('if __name__ == "__main__":', "if True:")
LOST_ITS_SERVER = re.compile(r"^(EOFError|Connection\w*Error|BrokenPipeError)", re.MULTILINE)
PRINTED = ["published jobs: 1"]
METHODS = ["fork", "forkserver", "spawn"]


@documents_word()
def test_an_unguarded_program_publishes_by_default(evidence):
    """A program without a guard, which names no start method, publishes a queue and uses it."""
    ran = run(UNGUARDED, default_method()).show(evidence, "no guard, the default method")

    assert ran.lines == PRINTED


def started_by(methods, program):
    """Run a program once for each start method, all at the same time; return what came of it by each."""
    with together(*[partial(run, program, method) for method in methods], names=methods) as programs:
        return [each.value() for each in programs]


def test_an_unguarded_program_needs_fork(evidence):
    """Without a guard the program works where its server is forked, and else loses it, and ends in EOFError."""
    for method, ran in zip(METHODS, started_by(METHODS, UNGUARDED), strict=True):
        ran.show(evidence, f"no guard, {method}")
        forked = method == "fork"

        assert (ran.lines == PRINTED) == (ran.status == 0) == forked
        assert ("RuntimeError" in ran.errors) == (not forked)
        assert bool(LOST_ITS_SERVER.search(ran.errors)) == (not forked)


def test_a_guarded_program_publishes_by_every_method(evidence):
    """With a guard the same program publishes its queue where its server is not forked."""
    methods = [method for method in METHODS if method != "fork"]
    for method, ran in zip(methods, started_by(methods, GUARDED), strict=True):
        ran.show(evidence, f"guarded, {method}")

        assert (ran.lines, ran.status) == (PRINTED, 0)


@saboteur(caught_by=test_an_unguarded_program_publishes_by_default, restores=True)
def forking_again(patch):
    """The server is forked where no method is named."""
    patch.here(default_method=lambda: "fork")


@saboteur(caught_by=test_an_unguarded_program_publishes_by_default)
def program_that_loses_its_job(patch):
    """The job never reaches the queue."""
    patch.here(UNGUARDED=UNGUARDED.replacing('to_do.put("a job")', "pass"))


@saboteur(caught_by=test_an_unguarded_program_needs_fork)
def program_that_does_not_publish(patch):
    """The program ends before it has started anything."""
    patch.here(UNGUARDED=UNGUARDED.replacing("if True:", "if False:"), METHODS=["fork"])


@saboteur(caught_by=test_a_guarded_program_publishes_by_every_method)
def guard_that_lets_everyone_in(patch):
    """The condition of the guard is true in the server as well."""
    patch.here(GUARDED=UNGUARDED, METHODS=["spawn"])
