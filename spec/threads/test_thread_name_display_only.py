"""The name of a thread is there to be shown; it decides nothing."""

from threading import Event, Thread, get_ident
from threading import enumerate as enumerate_threads

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import before, has_proc, has_threads
from spec.support.deadlines import deadline, ends
from spec.support.properties import for_any
from spec.threads.thread_naming import called_something_else, name_in_kernel, names, own_name_in_kernel
from spec.threads.together import together

claim = Claim(
    zh="线程的名字只是给人看的，不起任何别的作用。",
    decides={"thread.name-display-only": 226},
    ruling=HoldsIf(
        condition="what the system's own tools show, such as top or a debugger, counts as shown",
        because="from Python 3.14 on a thread that starts tells its name to the system, too, of which Linux keeps "
        "the first 15 bytes; several threads may have one name, and nothing is done by it",
        correction=Text(
            en="The name is shown by Python and, from 3.14 on, by the system; what identifies a thread is its "
            "identifier.",
            zh="名字除了 Python 会显示，从 3.14 起系统工具里也看得到；要辨认线程，靠的是标识符。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.Thread.name",
            "https://docs.python.org/3/whatsnew/3.14.html",
        ],
    ),
    needs=[has_threads],
)

IN_KERNEL = 15  # bytes of a name
in_threads = together
prepare = Thread


def rename(thread, name):
    thread.name = name


def test_threads_of_one_name_are_two():
    """Two threads that have the same name, whatever it is, both run, each as itself."""

    @for_any(names(), examples=10)
    def are_two(name):
        ran = []
        pair = [prepare(target=lambda: ran.append(get_ident()), name=name) for _ in range(2)]
        for thread in pair:
            thread.start()
            ends(thread)

        assert [thread.name for thread in pair] == [name, name]
        assert ran == [thread.ident for thread in pair]
        assert pair[0] is not pair[1]


def test_a_renamed_thread_is_the_same():
    """A thread that is renamed as it runs keeps its identifier, its place in the list of threads, and its work."""
    renamed = Event()

    def work():
        begun_as = get_ident()
        return renamed.wait(deadline()) and (begun_as, get_ident())

    with together(work, names=["old"], at_end=renamed.set) as (running,):
        rename(running.thread, "new")
        listed = running.thread in enumerate_threads()
        renamed.set()

        assert listed
        assert running.value() == (running.ident, running.ident)


@needs(has_proc)
def test_the_kernel_learns_the_name_from_3_14_on(evidence):
    """From 3.14 on the kernel has the first 15 bytes of a thread's name for it; before, it has the process's name."""
    called = ["LoopThread", "A thread with a longer name"]
    with in_threads(own_name_in_kernel, own_name_in_kernel, names=called) as running:
        known = [each.value() for each in running]
    evidence.figures("what the kernel calls a thread", dict(zip(called, known, strict=True)))

    if before(3, 14).holds:
        assert known == [name_in_kernel()] * 2
    else:
        assert known == [name[:IN_KERNEL] for name in called]


@saboteur(caught_by=test_threads_of_one_name_are_two)
def names_that_identify(patch):
    """A Thread whose name is taken has nothing to run."""
    taken = set()

    def make(target, name):
        thread = Thread(target=None if name in taken else target, name=name)
        taken.add(name)
        return thread

    patch.here(prepare=make)


@saboteur(caught_by=test_a_renamed_thread_is_the_same)
def renaming_that_loses_the_thread(patch):
    """A thread that is renamed is no longer listed."""
    patch.here(enumerate_threads=list)


@saboteur(caught_by=test_the_kernel_learns_the_name_from_3_14_on)
def threads_that_tell_the_kernel_otherwise(patch):
    """Each thread tells the kernel a name that has nothing to do with its own."""
    patch.here(in_threads=called_something_else)
