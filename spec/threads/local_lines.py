"""A standard output that shows in how many pieces a line is written, and what another thread writes between them."""

from __future__ import annotations

from collections.abc import Callable


class Paper:
    """Takes what is printed; the first piece that is written is followed at once by what another thread does."""

    def __init__(self, after_the_first_piece: Callable[[], object]) -> None:
        self.pieces: list[str] = []
        self._then: Callable[[], object] | None = after_the_first_piece

    def write(self, piece: str) -> None:
        """Take a piece; after the first, let the other thread act."""
        self.pieces.append(piece)
        then, self._then = self._then, None
        if then:
            then()

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)


def print_line(line: str, paper: Paper) -> None:
    """Print a line as usual."""
    print(line, file=paper)


def write_line(line: str, paper: Paper) -> None:
    """Write a line in one piece."""
    paper.write(f"{line}\n")
