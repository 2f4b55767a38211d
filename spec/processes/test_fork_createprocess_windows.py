"""The call by which Windows makes processes is CreateProcess."""

import pytest

from spec.processes.windows import is_windows
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="Windows 用来创建进程的系统调用是 CreateProcess。",
    decides={"fork.createprocess-windows": 59},
    ruling=Holds(),
    needs=[is_windows, can_start_programs],
)

STARTING = sample(__file__, "fork_calls_heard")


@pytest.mark.parametrize("maker", ["subprocess", "multiprocessing"])
def test_both_modules_call_createprocess(evidence, maker):
    """On Windows subprocess and multiprocessing make their processes by calling CreateProcess."""
    heard = run(STARTING).show(evidence, "calls that make processes")

    assert [line for line in heard.lines if line.startswith(maker)] == [f"{maker}: _winapi.CreateProcess"]


@saboteur(caught_by=test_both_modules_call_createprocess)
def work_done_without_a_process(patch):
    """The program does by itself what it would start a process for."""
    patch.here(STARTING=STARTING.replacing('subprocess.run([sys.executable, "-c", ""], check=True)', "pass"))
