"""Message loops that are run when they cannot be: while they run, when they have run, and when they are closed."""

from __future__ import annotations

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running
from spec.support.outcomes import raised_by


def run_again_while_it_runs(loop: MessageLoop) -> Exception | None:
    """Run a loop in one of its handlers; return what is raised there."""
    raised: list[Exception | None] = []
    loop.on("run again", lambda: raised.append(raised_by(loop.run)))
    loop.post("run again")
    loop.stop()
    messages_running.run(loop)
    return raised[0]


def run_again_when_it_has_run(loop: MessageLoop) -> Exception | None:
    """Run a loop to its end, and again; return what is raised then."""
    loop.stop()
    messages_running.run(loop)
    return raised_by(loop.run)


def run_when_closed(loop: MessageLoop) -> Exception | None:
    """Close a loop, and run it; return what is raised."""
    loop.close()
    return raised_by(loop.run)
