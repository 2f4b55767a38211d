"""Processes can work together across machines by a manager, if each has been started on its machine by other means."""

import pytest

from concurrency_lib.task_server import progress
from spec.distributed import tasking_at_work, tasking_commands
from spec.distributed.hosts_probed import can_make_hosts, can_see_sockets
from spec.distributed.targets import hosts, hosts_at_work, hosts_cut_off, tasking_command
from spec.support import Claim, HoldsIf, Text, needs, saboteur, slow
from spec.support.capabilities import can_fork, can_start_programs, has_proc

claim = Claim(
    zh="借助管理器，进程可以跨越多台机器协同工作，前提是每台机器上的进程已由别的办法启动。",
    decides={"dist.process-across-machines": 416},
    ruling=HoldsIf(
        condition="somebody starts the processes on their machines",
        because="multiprocessing starts processes on its own machine alone; what a manager spreads over the network "
        "is access to objects, which processes find that run there already",
        correction=Text(
            en="Start a worker on each machine yourself, by the system's service manager or ssh, and let it connect.",
            zh="请自行在每台机器上启动工作进程（例如用系统的服务管理器或 ssh），再让它们连接过来。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#using-a-remote-manager"],
    ),
    needs=[can_fork, has_proc],
)

NUMBERS = [1, -2, 3]
ERASED = "\r\x1b[K"


@needs(can_make_hosts)
def test_a_manager_connects_two_hosts(clean_room, evidence):
    """What a process of one host puts into a manager's queue, a process of another host takes, and answers."""
    found, one, other = clean_room.run(hosts_at_work.queues_across_hosts, NUMBERS)
    evidence.figures("two hosts", {"puts and gets in": one, "calculates in": other, "gets": str(found)})

    assert found == [2, -4, 6]
    assert one != other


@needs(can_make_hosts)
def test_a_host_that_is_cut_off_loses_its_task(clean_room):
    """A host whose cable is pulled while it has a task in hand loses it to another worker when its lease is over."""
    taken, value = clean_room.run(hosts_cut_off.task_of_a_host_cut_off)

    assert taken == 1
    assert value == 7


@needs(can_make_hosts, can_see_sockets)
def test_each_host_asks_after_the_other(clean_room, evidence):
    """After fifteen seconds of silence at the most either side's host asks whether the other one is still there."""
    asked = clean_room.run(hosts_cut_off.questions_between_hosts)
    evidence.figures("asked after so many seconds", {"the worker": str(asked[0]), "the server": str(asked[1])})

    assert [len(seconds) for seconds in asked] == [1, 1]
    assert max(seconds for (seconds,) in asked) <= 15


def test_a_started_process_is_on_the_same_machine(clean_room):
    """A process that multiprocessing starts is one of the same kernel and network as the process that started it."""
    starter, started = clean_room.run(hosts_at_work.child_stays_here)

    assert starter == started


@pytest.mark.parametrize(
    ("terminal", "lines"),
    [
        pytest.param(True, f"serving\nwaiting 3{ERASED}waiting 2{ERASED}closing\n", id="terminal"),
        pytest.param(False, "serving\nwaiting 3\nclosing\n", id="pipe"),
    ],
)
def test_progress_is_shown_for_who_looks(terminal, lines):
    """How things stand is one line that is overwritten on a terminal, and plain lines, not too many, in a pipe."""
    assert tasking_at_work.shown(terminal=terminal) == lines


@slow("starts three programs, each of which takes as long as its interpreter")
@needs(can_start_programs)
def test_the_command_line_does_it_all(clean_room, evidence, tmp_path):
    """Commands serve, and do, tasks; a signal ends a worker well, and a server, and with it the other worker."""

    def ask(where):
        return clean_room.run(tasking_command.obey, "status", "--address", where)

    done = tasking_at_work.finish(100, tmp_path, ask)
    evidence.transcript("status", f"python -m {tasking_commands.MODULE}", done.asked.text, done.asked.code)
    for name, each in done.commands.items():
        evidence.transcript(name, f"python -m {tasking_commands.MODULE}", each.text, each.process.returncode)

    assert done.codes == [0, 0, 0]
    assert done.values == [-number for number in range(100)]
    assert (done.asked.code, "settled: 100" in done.asked.text) == (0, True)
    assert done.accepted() == 100


def test_a_command_that_fails_says_why(clean_room):
    """A command that cannot do its work says why in one line, and ends with exit code 1."""
    code, text = clean_room.run(tasking_command.obey, "work", "--address", "127.0.0.1:1")

    assert code == 1
    assert text.count("\n") == 1
    assert text.startswith("NoServer: 127.0.0.1:1: expected a task server")


@saboteur(caught_by=test_a_manager_connects_two_hosts)
def hosts_that_are_one(patch):
    """Both hosts are the one that everything runs on."""
    patch.in_child(hosts.hosts_are_one)


@saboteur(caught_by=test_a_host_that_is_cut_off_loses_its_task, hangs=True)
def leases_without_an_end(patch):
    """No lease ever runs out."""
    patch.in_child(hosts_cut_off.leases_without_an_end)


@saboteur(caught_by=test_each_host_asks_after_the_other)
def connections_as_they_are_made(patch):
    """Nobody sees to it that a silent side is asked after."""
    patch.in_child(hosts_cut_off.nobody_is_asked_after)


@saboteur(caught_by=test_a_started_process_is_on_the_same_machine)
def process_started_elsewhere(patch):
    """A process that is started is on another host."""
    patch.in_child(hosts_at_work.child_elsewhere)


@saboteur(caught_by=test_the_command_line_does_it_all)
def commands_that_die_of_signals(patch):
    """A signal ends a command as it ends any program."""
    patch.setattr(tasking_commands, "MODULE", "spec.distributed.targets.tasking_unready")


@saboteur(caught_by=test_progress_is_shown_for_who_looks)
def progress_for_terminals_alone(patch):
    """Lines are overwritten wherever they go."""
    patch.setattr(progress, "SELDOM", 0.0)
    patch.setattr(progress.Progress, "_erased", lambda _: ERASED)


@saboteur(caught_by=test_a_command_that_fails_says_why)
def command_that_keeps_it_to_itself(patch):
    """A command that fails does not say why."""
    patch.in_child(tasking_command.silent)
