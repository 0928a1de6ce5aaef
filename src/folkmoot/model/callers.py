"""Who asks, and where was the thing first written?"""

from dataclasses import dataclass

from folkmoot.model.ids import Micros, PersonId, Uri


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf a command runs.

    `person` is None for the operator at the command line and for the house's own upkeep; `operator` says which
    deeds need no person. A door never sets `operator` for a request that came over the network.
    """

    person: PersonId | None
    operator: bool = False


OPERATOR = Caller(person=None, operator=True)
"""Whoever has the machine: the command line, the worker."""


@dataclass(frozen=True, slots=True)
class Here:
    """Written on this instance, now."""


WRITTEN_HERE = Here()


@dataclass(frozen=True, slots=True)
class There:
    """Written on another instance: its permanent identifier and the time that instance gives."""

    uri: Uri
    published: Micros


@dataclass(frozen=True, slots=True)
class Imported:
    """Taken from a file. Never federates, never notifies.

    `digest` is the SHA-256 of the file in hexadecimal; `position` counts items in the order shown, from 0 (the post
    has -1); `approximate` says that `published` was reckoned from a rounded age; `handle` is the author's handle as
    this item spelled it; `known_since` is the time at which the file was read from its server.
    """

    digest: str
    position: int
    published: Micros
    updated: Micros | None
    known_since: Micros
    handle: str
    approximate: bool = True
