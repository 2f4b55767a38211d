"""An SQLite database in a file, to which each thread has a connection of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

from spec.support.capabilities import refusal_of
from spec.support.claims import Condition

has_sqlite = Condition("the runtime has SQLite", lambda: refusal_of("import sqlite3"))


def connect(path: Any, *, any_thread: bool = True) -> Any:
    """Return a new connection to a database, which any thread may close unless told otherwise."""
    import sqlite3  # noqa: PLC0415 - some runtimes come without it

    return sqlite3.connect(path, check_same_thread=not any_thread)


def connecting(path: Any, *, any_thread: bool = True) -> Any:
    """Return a function that makes connections to a database with one table, which it makes first."""
    connection = connect(path)
    try:
        connection.execute("create table guests (name)")
        connection.commit()
    finally:
        connection.close()
    return partial(connect, path, any_thread=any_thread)


def close(connection: Any) -> None:
    """Close a connection, without what was not committed."""
    connection.close()


def add(connection: Any, name: str) -> None:
    """Add a guest, and do not commit."""
    connection.execute("insert into guests values (?)", (name,))


def commit(connection: Any) -> None:
    """Commit what was added."""
    connection.commit()


def names(connection: Any) -> list[str]:
    """Return the names of all guests that this connection sees."""
    return [name for (name,) in connection.execute("select name from guests order by name")]


def is_open(connection: Any) -> bool:
    """Tell whether a connection can be used."""
    import sqlite3  # noqa: PLC0415 - as above

    try:
        connection.total_changes  # noqa: B018 - it is refused when the connection is closed
    except sqlite3.ProgrammingError:
        return False
    return True
