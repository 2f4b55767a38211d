"""What can go wrong between a task server and its clients: what it was, what was expected, what to do."""

from __future__ import annotations


class TaskServerError(Exception):
    """Whatever a task server, its masters and its workers can fail with."""


class BadKey(TaskServerError):
    """There is no key, or none that may be used."""


class AddressUnavailable(TaskServerError):
    """The server cannot listen at the address that it was given."""


class NoServer(TaskServerError):
    """At the address there is nothing, or something that is no task server."""


class WrongKey(TaskServerError):
    """The server at the address has another key."""


class ServerGone(TaskServerError):
    """The connection to the server ended, or fell silent, in the middle of a conversation."""


class Full(TaskServerError):
    """The master has as many tasks at the server as this takes, and collects no results."""


class Closing(TaskServerError):
    """The server takes no tasks any more."""


class TaskLost(TaskServerError):
    """A task was leased as often as it may be, and no worker handed in a result."""
