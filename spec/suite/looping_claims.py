"""Claims that leave something in their event loop, and claims that leave nothing."""

from __future__ import annotations

REQUIREMENT = '''
import asyncio

class Backwards(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        handle = super().call_soon(callback, *args, context=context)
        self._ready.rotate()
        return handle

kept = []

{setup}

def test_it(run_async, loop_factory):
    """{{name}} needs a loop."""
    assert THING == "whole"
    run_async(main())
'''

LEFT = {
    "a_task": ("kept.append(asyncio.create_task(asyncio.Event().wait()))", "task <Task pending"),
    "a_generator": ("kept.append(numbers()); await anext(kept[-1])", "asynchronous generator <async"),
    "an_exception": ("await asyncio.wait([asyncio.create_task(failing())])", "LookupError('nobody asked')"),
    "a_callback": ("asyncio.get_running_loop().call_soon(int, 'one'); await asyncio.sleep(0)", "ValueError"),
}

SLOW_TO_GO = "kept.append(asyncio.create_task(asyncio.sleep(0.01)))"
HEARD = "task = asyncio.create_task(failing()); await asyncio.wait([task]); assert task.exception()"

PARTS = """
async def numbers():
    yield 1
    yield 2

async def failing():
    raise LookupError("nobody asked")

async def main():
    {does}
"""

OPEN_LOOP = '''
def test_it(loop_factory):
    """{name} makes a loop."""
    assert THING == "whole"
    test_it.kept = loop_factory()
    test_it.kept.run_until_complete(__import__("asyncio").sleep(0))
'''

NEVER_ENDS = REQUIREMENT.format(setup="async def main(): await asyncio.Event().wait()")

BROKEN_LOOP = (
    REQUIREMENT.format(
        setup="""
async def main():
    order = []
    for n in range(3):
        asyncio.get_running_loop().call_soon(order.append, n)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert order == [0, 1, 2]
"""
    )
    + '''
@saboteur(caught_by=test_it)
def newest_first(patch):
    """The loop runs the newest callback first."""
    patch.loop(Backwards)
'''
)


def bodies():
    """Return the body of every claim by its name."""
    doing = {name: does for name, (does, _) in LEFT.items()} | {"slow_to_go": SLOW_TO_GO, "heard": HEARD}
    leaving = {name: REQUIREMENT.format(setup=PARTS.format(does=does)) for name, does in doing.items()}
    return leaving | {"an_open_loop": OPEN_LOOP, "never_ends": NEVER_ENDS, "broken_loop": BROKEN_LOOP}
