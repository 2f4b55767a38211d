"""Where, when and how the claims were run, as the run record tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that a probe asked of the runtime."""

    name: str
    holds: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Package:
    """A distribution that the run used."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Run:
    """Where, when and how the claims were run; `seconds` is how long it took."""

    id: str
    interpreter: str
    gil: bool
    drop_in: str
    start_method: str
    platform: str
    cores: int
    started: str
    seconds: float
    command: str
    partial: bool
    capabilities: tuple[Capability, ...]
    packages: tuple[Package, ...]
