"""A producer and a consumer that are generators do with one thread and without any lock."""

from concurrency_lib.coroutines import RoundRobin
from spec.async_io.targets import generator_locks, generator_locks_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.outcomes import raised_by

claim = Claim(
    zh="生产者和消费者都写成生成器时，自始至终只在一条线程里运行，一把锁也不用。",
    decides={"coro.lock-free-one-thread": 631},
    ruling=Holds(),
)

ITEMS = generator_locks.ITEMS
NO_LOCK_ONE_THREAD = (0, 0, 1)


def counted(clean_room, evidence, pair):
    """Run a pair in a process of its own; show and return what it used."""
    used = clean_room.run(pair)
    names = ("locks made", "times a lock was taken", "threads", "items that arrived")
    evidence.figures("for the items", dict(zip(names, used, strict=True)))
    return used


@needs(can_fork)
def test_pair_of_generators_uses_no_lock(clean_room, evidence):
    """Handing over by send makes and takes no lock at all, and both sides run in one thread."""
    used = counted(clean_room, evidence, generator_locks.by_generators)

    assert used[:3] == NO_LOCK_ONE_THREAD
    assert used.arrived == ITEMS


@needs(can_fork)
def test_library_uses_no_lock(clean_room, evidence):
    """Feeding a consumer and giving turns to tasks, the library makes and takes no lock, and starts no thread."""
    used = counted(clean_room, evidence, generator_locks.by_the_library)

    assert used[:3] == NO_LOCK_ONE_THREAD
    assert used.arrived == ITEMS


@needs(can_fork, has_threads)
def test_threads_with_a_queue_use_locks(clean_room, evidence):
    """Two threads with a queue between them take a lock for each item on either side, and more."""
    used = counted(clean_room, evidence, generator_locks.by_threads)

    assert used.threads == 2
    assert used.made > 0
    assert used.taken >= 2 * ITEMS
    assert used.arrived == ITEMS


def nested(turns, tried):
    """Try to give turns to others, and to close them, within its own turn."""
    tried.extend(raised_by(call) for call in (turns.step, turns.run, turns.close))
    yield


def test_a_turn_is_never_within_a_turn():
    """A task that has its turn cannot give one to another, nor close any: RuntimeError, and the round goes on."""
    tried, ran = [], []
    with RoundRobin() as turns:
        turns.spawn("nested", nested(turns, tried))
        turns.spawn("other", (ran.append(len(tried)) for _ in "a"))
        error = raised_by(turns.run)

    assert [type(error) for error in tried] == [RuntimeError] * 3
    assert error is None
    assert ran == [3]
    assert list(turns.results) == ["nested", "other"]


class Anyone:
    """Lets anybody in."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@saboteur(caught_by=test_pair_of_generators_uses_no_lock)
def pair_with_a_lock(patch):
    """The consumer takes a lock for each item."""
    patch.in_child(generator_locks_broken.pair_with_a_lock)


@saboteur(caught_by=test_library_uses_no_lock)
def library_with_a_queue(patch):
    """The library feeds from a queue."""
    patch.in_child(generator_locks_broken.feeding_from_a_queue)


@saboteur(caught_by=test_threads_with_a_queue_use_locks)
def threads_that_are_none(patch):
    """There is one thread, which needs no lock."""
    patch.in_child(generator_locks_broken.threads_that_are_none)


@saboteur(caught_by=test_a_turn_is_never_within_a_turn)
def turns_within_turns(patch):
    """A task gives turns to others within its own."""
    patch.setattr(RoundRobin, "_alone", lambda _: Anyone())
