"""The diary that children write, so that their parent can tell who did what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from spec.support.deadlines import arrives
from spec.support.evidence import Event, Lane

if TYPE_CHECKING:
    from spec.processes.targets.messages import Note
    from spec.support.evidence import Evidence


class Diary:
    """What children note, in the order of their notes, each with its moment."""

    def __init__(self, context: Any) -> None:
        """Make the pipe by which notes arrive; `pen` is what children are given."""
        self._read, self.pen = context.Pipe(duplex=False)
        self.notes: list[Note] = []

    def __enter__(self) -> Self:
        """Return the diary."""
        return self

    def __exit__(self, *_: object) -> None:
        """Read what is left, and close the pipe."""
        self.up_to_now()
        self._read.close()
        self.pen.close()

    def until(self, did: str) -> Note:
        """Wait for a note, and for all that come before it."""
        while (note := self.next()).did != did:
            pass
        return note

    def next(self) -> Note:
        """Wait for one more note."""
        self.notes.append(arrives(self._read, f"a note after {self.notes}"))
        return self.notes[-1]

    def up_to_now(self) -> list[str]:
        """Tell what has been noted, without waiting for more."""
        while not self._read.closed and self._read.poll():
            self.notes.append(self._read.recv())
        return [note.did for note in self.notes]

    def of(self, who: str) -> list[str]:
        """Tell what one of the writers has noted so far."""
        self.up_to_now()
        return [note.did for note in self.notes if note.who == who]

    def show(self, evidence: Evidence, title: str) -> None:
        """Draw a lane for each process that made notes."""
        self.up_to_now()
        writers = dict.fromkeys((note.who, note.pid) for note in self.notes)
        begin = min((note.at for note in self.notes), default=0.0)
        evidence.timeline(
            title,
            [
                Lane(
                    f"{who} ({pid})",
                    events=[Event(n.did, 1000 * (n.at - begin)) for n in self.notes if n.pid == pid],
                )
                for who, pid in writers
            ],
            unit="ms",
        )
