"""How much may caches keep together? So many bytes; what was not used for long goes first, whosesoever it is."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from folkmoot.model.ids import Micros

V = TypeVar("V")

LARGEST_SHARE = 2 / 3
"""One value takes at most so much of its room: a thread of 5,000 comments in JSON shall still fit."""


class Owner(Protocol):
    """A cache, as its room sees it."""

    def drop(self, key: Any) -> None:  # noqa: ANN401 -- whatever its keys are
        """Keep something no longer."""
        ...


@dataclass(slots=True, eq=False)
class Entry(Generic[V]):
    """A kept value. `marks` are the things that it shows; `touched`: one of them has changed, and it lingers."""

    value: V
    ends: Micros
    bytes: int
    marks: tuple[Any, ...]
    owner: Owner
    key: Any
    used: bool = False
    touched: bool = False


class Room:
    """Counts the bytes of one cache, or of several that follow the same changes: they hold that lock when they call."""

    def __init__(self, max_bytes: int) -> None:
        """Make it empty; with 0 nothing is kept in it."""
        self.max_bytes = max_bytes
        self.max_one = int(max_bytes * LARGEST_SHARE)
        self._bytes = 0
        self._queue: OrderedDict[Entry[Any], None] = OrderedDict()

    def take(self, entry: Entry[Any]) -> None:
        """Count what is kept from now on."""
        self._queue[entry] = None
        self._bytes += entry.bytes

    def leave(self, entry: Entry[Any]) -> None:
        """Count no more what is kept no more."""
        del self._queue[entry]
        self._bytes -= entry.bytes

    def grown(self, size: int) -> None:
        """Count what something that is kept needs more."""
        self._bytes += size

    def make(self) -> None:
        """Drop the oldest; but what was used since it came, or since it was passed over, is passed over once."""
        while self._bytes > self.max_bytes:
            entry = next(iter(self._queue))
            if entry.used:
                entry.used = False
                self._queue.move_to_end(entry)
            else:
                entry.owner.drop(entry.key)
