"""Which caches does a process have? All of them, made together so that their bytes are bounded together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from folkmoot.doors.kept import Ageing, Changes, Kept

if TYPE_CHECKING:
    from folkmoot.doors.finished import Page, PageKey

Key = tuple[object, ...]
"""Begins with a word for what it is, so that rooms do not meet: `("comment", 7, 2, "en")`."""


@dataclass(frozen=True, slots=True)
class Caches:
    """What is kept between requests. All follow the same `changes`.

    `parts`: markup made from exactly one row, without counts and ages; the key holds the row's version.
    `shapes`: what else is determined by its key, such as the order of a thread's comments by the version of its tree.
    `pieces`: what is made of several rows, under keys without versions; any change of what it shows drops it.
    `pages`: finished answers for guests. Only the page cache uses it.
    """

    changes: Changes
    parts: Kept[Key, str]
    shapes: Kept[Key, Any]
    pieces: Kept[Key, Any]
    pages: Kept[PageKey, Page]


def caches(*, page_bytes: int, part_bytes: int) -> Caches:
    """Make empty caches of so many bytes in all; with 0 nothing is kept."""
    changes = Changes()
    return Caches(
        changes,
        parts=Kept(changes, max_bytes=part_bytes * 5 // 10, ageing=Ageing.NONE),
        shapes=Kept(changes, max_bytes=part_bytes * 1 // 20, ageing=Ageing.NONE),
        pieces=Kept(changes, max_bytes=part_bytes * 9 // 20, ageing=Ageing.DROP),
        pages=Kept(changes, max_bytes=page_bytes, ageing=Ageing.LINGER),
    )


def no_caches() -> Caches:
    """Make caches that keep nothing."""
    return caches(page_bytes=0, part_bytes=0)
