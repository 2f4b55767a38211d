"""How the explorer hears of the instructions that a worker is about to run.

From 3.12 on by `sys.monitoring`, with local events on the code that workers enter: it is found as they enter it.
Other threads pay for that while an exploration lasts: one callback for each function that they enter and no worker
has entered so far, and one for each instruction of code that a worker runs too and that others may notice. (To
disable an event would silence it for the workers as well.) What they do within a function that no worker enters,
loops of any length included, costs nothing. On 3.11 and on PyPy by `sys.settrace`, which belongs to a thread, and
costs other threads nothing at all. (3.12.1 loses opcode events of `settrace`, and PyPy has no `sys.monitoring`.)
"""

from __future__ import annotations

import sys
from _thread import get_ident
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.explored import EXPLORED
from concurrency_lib.interleavings.results import ExplorationError

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from concurrency_lib.interleavings.watching import Watch

TOOL = "concurrency_lib.interleavings"
TOOL_IDS = (4, 3, 5)  # 0, 1 and 2 are reserved for debuggers, coverage and profilers


class Monitoring:
    """`sys.monitoring`, for as long as the context lasts."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._codes: list[CodeType] = []

    def __enter__(self) -> None:
        api: Any = getattr(sys, "monitoring")  # noqa: B009 - mypy reads this as 3.11, which has none
        self._tool = _claim_tool(api)
        events = api.events
        self._api, self._instruction, self._disable = api, events.INSTRUCTION, api.DISABLE
        api.register_callback(self._tool, events.INSTRUCTION, self._hear)
        for event in (events.PY_START, events.PY_RESUME):
            api.register_callback(self._tool, event, self._enter)
        api.register_callback(self._tool, events.PY_THROW, self._enter_by_exception)
        api.set_events(self._tool, events.PY_START | events.PY_RESUME | events.PY_THROW)

    def __exit__(self, *_: object) -> None:
        api, events = self._api, self._api.events
        api.set_events(self._tool, 0)
        for code in self._codes:
            api.set_local_events(self._tool, code, 0)
        for event in (events.INSTRUCTION, events.PY_START, events.PY_RESUME, events.PY_THROW):
            api.register_callback(self._tool, event, None)
        api.free_tool_id(self._tool)

    def begin(self) -> None:
        """Start to listen in this thread."""

    def end(self) -> None:
        """Cease to listen in this thread."""

    def _enter(self, code: CodeType, _: int) -> Any:
        worker = EXPLORED.get(get_ident())
        if worker is None or worker.aside:
            return None
        known = id(code) in self._watch.tables
        if self._watch.table(code) is None:
            return self._disable
        if not known:
            self._codes.append(code)
            self._api.set_local_events(self._tool, code, self._instruction)
        self._watch.enter(code)
        return self._disable

    def _enter_by_exception(self, code: CodeType, offset: int, _: BaseException) -> None:
        self._enter(code, offset)

    def _hear(self, code: CodeType, offset: int) -> Any:
        table = self._watch.tables[id(code)]
        if table.entries.get(offset) is None:  # nobody ever notices it, whoever runs it
            return self._disable
        worker = EXPLORED.get(get_ident())
        if worker is not None and not worker.aside:
            self._watch.visit(worker, table, offset, sys._getframe(1))  # noqa: SLF001 - the frame of the instruction
        return None


class Tracing:
    """`sys.settrace` in each worker's thread."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self) -> None:
        """Start to listen in this thread."""
        sys.settrace(self._enter)

    def end(self) -> None:
        """Cease to listen in this thread."""
        sys.settrace(None)

    def _enter(self, frame: FrameType, _: str, __: object) -> Any:
        worker = EXPLORED.get(get_ident())
        table = None if worker is None or worker.aside else self._watch.table(frame.f_code)
        if worker is None or table is None:
            return None
        self._watch.enter(frame.f_code)
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        visit, has_cells = self._watch.visit, table.has_cells

        def hear(frame: FrameType, event: str, _: object) -> Any:
            if event == "opcode":
                visit(worker, table, frame.f_lasti, frame)
                if has_cells:
                    # Once read, the variables are written back when this returns: as they are by now,
                    # since another worker may have changed those that it shares meanwhile.
                    frame.f_locals  # noqa: B018 - read for its effect
            return hear

        return hear


def backend(watch: Watch) -> Monitoring | Tracing:
    """Return the backend of the running version."""
    return Monitoring(watch) if hasattr(sys, "monitoring") else Tracing(watch)


def _claim_tool(api: Any) -> int:
    for tool in TOOL_IDS:
        if api.get_tool(tool) is None:
            api.use_tool_id(tool, TOOL)
            return tool
    taken = ", ".join(f"{tool}: {api.get_tool(tool)}" for tool in TOOL_IDS)
    raise ExplorationError(f"no free tool id of sys.monitoring, taken are {taken}")
