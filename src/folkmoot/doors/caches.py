"""Which caches does a process have? All of them, made together so that their bytes are bounded together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from folkmoot.doors.kept import Ageing, Changes, Kept
from folkmoot.doors.room import Room

if TYPE_CHECKING:
    from folkmoot.doors.finished import Page, PageKey

Key = tuple[object, ...]
"""Begins with a word for what it is, so that rooms do not meet: `("comment", 7, 2, "en")`."""


@dataclass(frozen=True, slots=True)
class Caches:
    """What is kept between requests. All follow the same `changes`.

    `parts`: what is determined by its key, or is compared with its rows before it is used; no ordinary change drops it.
    `pieces`: what is made of several rows, under keys without versions; any change of what it shows drops it.
    `pages`: finished answers for guests. Only the page cache uses it.
    """

    changes: Changes
    parts: Kept[Key, Any]
    pieces: Kept[Key, Any]
    pages: Kept[PageKey, Page]


def caches(*, page_bytes: int, part_bytes: int) -> Caches:
    """Make empty caches; with 0 nothing is kept. Parts and pieces share a room: which are worth more varies.

    Args:
        page_bytes: of finished answers.
        part_bytes: of all that answers are made of.
    """
    changes, room = Changes(), Room(part_bytes)
    return Caches(
        changes,
        parts=Kept(changes, room, ageing=Ageing.NONE),
        pieces=Kept(changes, room, ageing=Ageing.DROP),
        pages=Kept(changes, Room(page_bytes), ageing=Ageing.LINGER),
    )


def no_caches() -> Caches:
    """Make caches that keep nothing."""
    return caches(page_bytes=0, part_bytes=0)
