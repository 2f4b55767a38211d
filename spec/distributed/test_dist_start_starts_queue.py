"""Starting a manager brings up a server for its queues, in a process of its own; before that there is none."""

from spec.distributed.managing import KEY, LOOPBACK, connect, ended_in, leave, proxies_of, reserved_port, served, shown
from spec.distributed.targets import managing_broken
from spec.distributed.targets.managing import Queues
from spec.processes.multiprocessed import can_start_processes, offspring
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="管理器一经 start()，便有一个独立进程为它的队列提供服务；在此之前没有。",
    decides={"dist.start-starts-queue": 446},
    ruling=Holds(),
    needs=[can_start_processes],
)


def start(manager):
    manager.start()


def test_a_manager_is_reached_from_its_start_on(mp_context, evidence):
    """A manager's port refuses connections as long as the manager is only made, and takes them once it is started."""
    with reserved_port() as port:
        manager = Queues((LOOPBACK, port), KEY, ctx=mp_context)
        try:
            before = ended_in(connect, manager.address)
            start(manager)
            after = ended_in(connect, manager.address)
        finally:
            leave(manager)
    evidence.figures("connecting", {"before the start": shown(before), "after it": shown(after)})

    assert isinstance(before, ConnectionRefusedError)
    assert after is None


def test_the_server_is_a_process_of_its_own(mp_context, evidence):
    """What is published lives in a child that was started for it, and not in the process that asked for it."""
    with offspring() as started, served(mp_context) as manager:
        children = [process.pid for process in started()]
        with proxies_of(manager, "get_house") as [house]:
            lives_in = house.pid()
    evidence.figures("processes", {"children started": str(children), "that of the queues": lives_in})

    assert children == [lives_in]


def test_a_manager_hands_out_nothing_before_its_start():
    """Asked for a queue before it is started, a manager ends in AssertionError."""
    manager = Queues((LOOPBACK, 0), KEY)

    assert type(ended_in(manager.get_jobs)) is AssertionError


@saboteur(caught_by=test_a_manager_is_reached_from_its_start_on)
def start_that_starts_nothing(patch):
    """Nobody listens after the start either."""
    patch.here(start=lambda _: None)


@saboteur(caught_by=test_the_server_is_a_process_of_its_own)
def queues_that_live_elsewhere(patch):
    """What is published tells of another process than the server's."""
    patch.in_child(managing_broken.house_without_a_number)


@saboteur(caught_by=test_a_manager_hands_out_nothing_before_its_start)
def manager_that_hands_out_what_it_has(patch):
    """The manager hands out a queue of this process."""
    patch.here(Queues=lambda *_: managing_broken.ManagerOfNothing())
