"""A process can hand each task that comes in to a child that it forks for it."""

import signal

from hypothesis import strategies

from spec.processes.targets import fork_library, fork_library_broken, fork_output, fork_servers
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc
from spec.support.properties import for_any

claim = Claim(
    zh="一个进程可以为每个到来的任务各 fork 一个子进程，把任务交给它去做。",
    decides={"fork.new-task-new-child": 61},
    ruling=Holds(),
    needs=[can_fork],
)

REQUESTS = 5
SERVER = fork_servers.fork_for_each
AHEAD = fork_servers.fork_ahead
DEADLY = [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL, signal.SIGUSR1, signal.SIGALRM, signal.SIGRTMIN + 1]
any_signals = strategies.lists(strategies.sampled_from(DEADLY), min_size=2, max_size=4)


def test_each_request_has_a_process_of_its_own(clean_room, evidence):
    """The standard library's forking server serves five requests in five children that it forks for them."""
    served = clean_room.run(SERVER, REQUESTS)
    evidence.figures("who served", {f"request {n}": f"process {pid}" for n, pid in enumerate(served.by, 1)})

    assert len(served.by) == REQUESTS
    assert served.each_by_a_child_made_for_it


@needs(has_proc)
def test_the_forking_server_keeps_no_child(clean_room):
    """When the forking server has closed, none of the children that it forked is left."""
    assert clean_room.run(SERVER, REQUESTS).after == []


def test_tasks_may_find_their_child_waiting(clean_room, evidence):
    """The other way round, children that are forked ahead take the tasks by themselves, and several each."""
    served = clean_room.run(AHEAD, REQUESTS)
    evidence.figures("who served", {f"request {n}": f"process {pid}" for n, pid in enumerate(served.by, 1)})

    assert len(served.by) == REQUESTS
    assert not served.each_by_a_child_made_for_it


def test_giving_up_the_wait_leaves_the_task_running(clean_room):
    """A wait for the library's child that lasts too long ends in TimeoutError, and the child runs on."""
    told, state = clean_room.run(fork_library.give_up_waiting)

    assert told == "TimeoutError"
    assert state not in ("Z", "gone")


def test_no_child_outlives_its_block(clean_room):
    """A child that still runs at the end of its `with` block is killed and reaped, its descriptors closed."""
    state, left_open = clean_room.run(fork_library.leave_the_block)

    assert state == "gone"
    assert left_open == []


def test_a_task_may_ask_for_its_exit_code(clean_room, evidence):
    """A child of the library that raises SystemExit ends with the code with which the interpreter would."""
    codes = {"nothing": (None, 0), "7": (7, 7), "-1": (-1, 255), "256": (256, 0), "a text": ("no", 1)}
    found = clean_room.run(fork_output.codes_after, [request for request, _ in codes.values()])
    evidence.figures("exit codes", dict(zip(codes, map(str, found), strict=True)))

    assert found == [code for _, code in codes.values()]


def test_a_task_that_a_signal_ends_tells_it(clean_room):
    """The library's child tells the signal that ended it, a plain number if the signal has no name."""

    @for_any(any_signals, examples=3)
    def tells_its_own(signals):
        ends = clean_room.run(fork_library.exits_by, signals)

        assert [end.signal for end in ends] == signals
        assert {end.code for end in ends} == {None}


@saboteur(caught_by=test_each_request_has_a_process_of_its_own)
def server_that_serves_by_itself(patch):
    """The process that listens serves all requests."""
    patch.here(SERVER=fork_servers.serve_in_the_listener)


@saboteur(caught_by=test_the_forking_server_keeps_no_child)
def children_that_are_not_awaited(patch):
    """The server closes without waiting for its children."""
    patch.in_child(fork_servers.children_not_awaited)


@saboteur(caught_by=test_tasks_may_find_their_child_waiting)
def children_made_on_demand(patch):
    """No child is there before a task is."""
    patch.here(AHEAD=fork_servers.fork_for_each)


@saboteur(caught_by=test_giving_up_the_wait_leaves_the_task_running)
def impatience_that_kills(patch):
    """Giving up the wait kills the child."""
    patch.in_child(fork_library_broken.impatience_that_kills)


@saboteur(caught_by=test_no_child_outlives_its_block)
def block_that_leaves_its_child(patch):
    """The end of the block does nothing."""
    patch.in_child(fork_library_broken.block_that_leaves_its_child)


@saboteur(caught_by=test_a_task_may_ask_for_its_exit_code)
def request_that_is_misread(patch):
    """A request for nothing in particular counts as a failure."""
    patch.in_child(fork_output.request_that_is_misread)


@saboteur(caught_by=test_a_task_that_a_signal_ends_tells_it)
def signals_told_as_exit_codes(patch):
    """A signal is told as a shell tells it, as an exit code above 128."""
    patch.here(any_signals=strategies.just([signal.SIGTERM]))
    patch.in_child(fork_library_broken.signals_told_as_exit_codes)
