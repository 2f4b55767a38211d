"""Two coroutines take turns although neither calls the other, nor knows of it."""

import dis

from spec.async_io.coroutine_driving import drive, pause
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="两个协程能轮流运行，而谁也没有调用谁，甚至不知道对方存在。",
    decides={"coro.a-does-not-call-b": 574},
    ruling=Holds(),
)


async def numbers(log):
    log.append("1")
    log.append("2")
    await pause()
    log.append("3")


async def letters(log):
    log.append("x")
    log.append("y")
    await pause()
    log.append("z")


def names_in(function):
    """Return every name that the function's instructions refer to."""
    return {each.argval for each in dis.get_instructions(function) if isinstance(each.argval, str)}


def test_neither_refers_to_the_other(evidence):
    """No instruction of either coroutine refers to the other one."""
    found = {function.__name__: sorted(names_in(function)) for function in (numbers, letters)}
    evidence.figures("names in the instructions", {name: ", ".join(names) for name, names in found.items()})

    assert "letters" not in names_in(numbers)
    assert "numbers" not in names_in(letters)
    assert {"log", "append", "pause"} <= names_in(numbers) & names_in(letters)


def test_they_take_turns_all_the_same():
    """Driven in turn, the second runs between two lines of the first, and the first between two of the second."""
    log = []
    drive([numbers(log), letters(log)], [0, 1, 0, 1])

    assert log == list("12xy3z")


@saboteur(caught_by=test_neither_refers_to_the_other)
def coroutine_that_calls_the_other(patch):
    """The first coroutine drives the second itself."""

    async def calling(log):
        log.append("1")
        await letters(log)
        await pause()

    patch.here(numbers=calling)


@saboteur(caught_by=test_they_take_turns_all_the_same)
def driver_that_drives_one_to_its_end(patch):
    """The driver lets each run to its end before it begins the next."""
    original = drive
    patch.here(drive=lambda driven, _: original(driven, [0, 0, 1, 1]))
