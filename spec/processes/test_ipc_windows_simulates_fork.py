"""Where there is no fork, multiprocessing makes up for it: the child finds what the program defines."""

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_semaphores
from spec.support.programs import run, sample

claim = Claim(
    zh="在没有 fork 的系统上，multiprocessing 用别的办法弥补：子进程里照样有程序模块所定义的一切。",
    decides={"ipc.windows-simulates-fork": 194},
    ruling=HoldsIf(
        condition="only what importing the program defines is meant, and not what the parent has done since",
        because="the child is a new interpreter that imports the program again; fork would have copied the "
        "parent's memory as it is",
        correction=Text(
            en="A fresh interpreter imports the program as __mp_main__ and is then sent the process object: "
            "the top of the module runs once more, and what the parent changed afterwards is not there.",
            zh="新启动的解释器会以 __mp_main__ 为名重新导入程序，然后接收 Process 对象："
            "模块顶层的代码要再执行一遍，父进程此后所做的改动则不会出现。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods"],
    ),
    needs=[can_start_programs, has_semaphores],
)

PROGRAM = sample(__file__, "ipc_start_anew")


def told_by(method, evidence):
    """Run the program, which starts its child in this way; return what both print."""
    return run(PROGRAM, method).show(evidence, f"the program starts its child by {method}").lines


def test_a_fresh_interpreter_imports_the_program_again(evidence):
    """A spawned child imports the program under another name, and finds a value as that import left it."""
    lines = told_by("spawn", evidence)

    assert lines == ["imported as __main__", "imported as __mp_main__", "the child finds it as imported"]


@needs(can_fork)
def test_a_fork_imports_nothing(evidence):
    """A forked child imports nothing again, and finds the value as its parent had changed it."""
    lines = told_by("fork", evidence)

    assert lines == ["imported as __main__", "the child finds it as changed"]


@saboteur(caught_by=test_a_fresh_interpreter_imports_the_program_again)
def child_with_a_copy_of_the_memory(patch):
    """The child has a copy of its parent's memory, however it is started."""
    patch.here(PROGRAM=PROGRAM.replacing("sys.argv[1]", "'fork'"))


@saboteur(caught_by=test_a_fork_imports_nothing)
def child_that_starts_anew(patch):
    """The child starts anew, however it is started."""
    patch.here(PROGRAM=PROGRAM.replacing("sys.argv[1]", "'spawn'"))
