"""Programs from before async and await, and their mending, one step at a time."""

from __future__ import annotations

import asyncio
import re
import sys

from spec.async_io.targets import programs_executed
from spec.support.clean_room import Sabotaged
from spec.support.programs import Program, Ran, sample

ONE = sample(__file__, "asyncio_one_hello")
TWO = sample(__file__, "asyncio_two_hellos")
ASKING = sample(__file__, "asyncio_ask_for_a_loop")
RUNNING = ASKING.replacing("events = asyncio.get_event_loop()\n", "").replacing(
    "print(events.run_until_complete(job()))\nevents.close()", "print(asyncio.run(job()))"
)

NO_TIME = "0.001"


def decorator_is_missing() -> str:
    """Say why no program can mark its generators with asyncio's decorator; empty where it can."""
    return "" if hasattr(asyncio, "coroutine") else "asyncio has no decorator `coroutine`"


# A runtime that still has what the programs ask for: up to 3.10.
AS_IT_WAS = """
import types
def coroutine(function):
    async def native():
        return await types.coroutine(function)()
    return native
asyncio.coroutine = coroutine
asyncio.get_event_loop = asyncio.new_event_loop
wait = asyncio.wait
asyncio.wait = lambda coroutines: wait_for_tasks(list(coroutines))
async def wait_for_tasks(coroutines):
    return await wait([asyncio.create_task(each) for each in coroutines])
"""


def decorated(program: Program) -> Program:
    """Mark the generator by what the language itself offers."""
    return program.replacing("@asyncio.coroutine", "@__import__('types').coroutine")


def native(program: Program) -> Program:
    """Write the generator as a coroutine."""
    return program.replacing("@asyncio.coroutine\ndef", "async def").replacing("yield from asyncio", "await asyncio")


def with_a_loop(program: Program) -> Program:
    """Make the loop instead of asking for one."""
    return program.replacing("asyncio.get_event_loop()", "asyncio.new_event_loop()")


def with_tasks(program: Program) -> Program:
    """Wrap each talk in a task of the loop."""
    return program.replacing("talks = [talk(), talk()]", "talks = [events.create_task(talk()) for _ in range(2)]")


def strictly(program: Program) -> Program:
    """Make each warning an error."""
    return program.replacing("import asyncio\n", "import asyncio\nimport warnings\n\nwarnings.simplefilter('error')\n")


def in_the_past(program: Program) -> Program:
    """Let the program find what it asks for."""
    return program.replacing("\nPAUSE = ", f"{AS_IT_WAS}\nPAUSE = ")


def ran_in(room: Sabotaged, program: Program, *args: str) -> Ran:
    """Run a program in a fork of a process that has asyncio at hand: importing it takes longer than the program."""
    return Ran(program, *room.run(programs_executed.run, program.name, program.source, *args))


def ran_shortly(room: Sabotaged, program: Program) -> Ran:
    """Run a program with hardly a wait."""
    return ran_in(room, program, NO_TIME)


def loop_is_given() -> bool:
    """Tell whether the language still makes a loop for whoever asks for one: up to 3.13, by its changelog."""
    return sys.version_info < (3, 14)


def error_of(ran: Ran) -> str:
    """Return the type of the exception in which a program ended; empty where it ended in none."""
    named = re.findall(r"^(\w+(?:Error|Warning)):", ran.errors, re.MULTILINE)
    return named[0] if ran.status and named else ""  # what follows is said at the interpreter's end
