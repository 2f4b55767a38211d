"""Thread-locals made by hand, each of which breaks one promise."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import Any
from weakref import ref

honest = threading.local


class ByHand:
    """A local with a dictionary for each thread, kept by an honest one; what it does is open to be broken."""

    def __new__(cls, *args: Any, **options: Any) -> Any:  # noqa: D102 - it makes one
        made = object.__new__(cls)
        for name, value in (("_kept", honest()), ("_all", []), ("_made_with", (args, options))):
            object.__setattr__(made, name, value)
        made._kept.here = made._new_dictionary()  # `__init__` follows, as for any object
        return made

    def __init__(self, *args: Any, **options: Any) -> None:
        pass

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") and name != "__dict__":
            return object.__getattribute__(self, name)
        here = self._here()
        if name == "__dict__":
            return here
        return here[name] if name in here else object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._here()[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            self._delete(name)
        except KeyError:
            raise AttributeError(name) from None

    def _here(self) -> dict[str, Any]:
        if not hasattr(self._kept, "here"):
            self._kept.here = self._new_dictionary()
            self._begin()
        return self._kept.here

    def _new_dictionary(self) -> dict[str, Any]:
        return {}

    def _begin(self) -> None:
        args, options = self._made_with
        self.__init__(*args, **options)

    def _delete(self, name: str) -> None:
        del self._here()[name]


class SharedByAll(ByHand):
    """What one thread binds all find."""

    def _here(self) -> dict[str, Any]:
        if not self._all:
            self._all.append({})
        return self._all[0]


class Inherited(ByHand):
    """A thread begins with what the local's maker has bound by then."""

    def _new_dictionary(self) -> dict[str, Any]:
        if self._all:
            return dict(self._all[0])
        self._all.append({})
        return self._all[0]


class Everlasting(ByHand):
    """What a thread binds is kept when the thread has ended."""

    def _new_dictionary(self) -> dict[str, Any]:
        self._all.append({})
        return self._all[-1]


class InitialisedOnce(ByHand):
    """Only the thread that makes the local runs its initialisation."""

    def _begin(self) -> None:
        pass


class Dictionary(dict[str, Any]):
    """A dictionary that can be referred to without being kept."""


class DeletedForAll(ByHand):
    """What one thread deletes is gone for all."""

    def _new_dictionary(self) -> dict[str, Any]:
        dictionary = Dictionary()
        self._all.append(ref(dictionary))
        return dictionary

    def _delete(self, name: str) -> None:
        del self._here()[name]
        for there in self._all:
            (there() or {}).pop(name, None)


class NothingMissing(ByHand):
    """What a thread has not bound is None."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return None


class OfEachTask:
    """A local of each context, and so of each asyncio task."""

    def __init__(self) -> None:
        object.__setattr__(self, "_held", ContextVar("held"))

    def __setattr__(self, name: str, value: Any) -> None:
        self._held.set({**self._held.get({}), name: value})

    def __getattr__(self, name: str) -> Any:
        return self._held.get({})[name]


class VariableOfTheThread:
    """A variable of each thread, whatever runs in it."""

    def __init__(self, _name: str) -> None:
        self.local = honest()

    def set(self, value: Any) -> None:
        """Bind a value for the thread."""
        self.local.value = value

    def get(self) -> Any:
        """Return what the thread has."""
        return self.local.value
