"""What is kept between requests, and for how long may it be trusted? A cache in bytes, told by the journal what is old.

Two things make a kept value old: a change of what it shows (a fact, which the follower reads), and the end of an age
that it shows. A render that began before a change must not be kept after it; so whoever renders asks for the
`generation` *before* its read transaction begins, and hands it over with the value.

That is enough on both databases, whatever the order in which facts become visible: a generation is one look of the
follower into the journal. A snapshot that is taken after the look contains every fact that the look saw; every other
fact is met by a later look, which finds the value in the cache, or its memory makes `put` refuse it.
"""

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, Protocol, TypeVar

from folkmoot.doors.depends import SITE, Depends, Of, Thing
from folkmoot.doors.room import Entry, Room
from folkmoot.model.ids import Micros

K = TypeVar("K")
V = TypeVar("V")

FRESH_MICROS = 950_000
"""Nothing is shown that is older: a little less than the second that is promised."""
SOON_MICROS = 500_000
CLOCK_SLACK_MICROS = 1_000_000 - FRESH_MICROS
MEMORY_MICROS = 30 * 1_000_000
"""So long the last touches are remembered. What took longer to render is not kept."""
MARKS_REMEMBERED = 20_000
EVERY = -1
"""As an id: all things of that kind."""

_SITE = frozenset({SITE})
_NEVER = Micros(2**62)
_ENTRY_BYTES = 450
_MARK_BYTES = 200

Mark = tuple[Of | None, int]
"""A thing, or somebody who is shown (then the kind is None)."""


class Touched(NamedTuple):
    """What a fact makes old.

    `at_once`: nobody may see the old value any more; else it may be shown until just under a second after the fact.
    `everything`: all that is kept, whatever it depends on.
    """

    things: tuple[Thing, ...] = ()
    people: tuple[int, ...] = ()
    at_once: bool = False
    everything: bool = False


class Change(NamedTuple):
    """What a fact makes old, and when it was recorded."""

    touched: Touched
    at: Micros


class Ageing(Enum):
    """What does an ordinary change, such as a vote, do to a value?"""

    LINGER = "linger"
    """It is given out until just under a second after the change: for finished pages, and nothing else."""
    DROP = "drop"
    """It is dropped: for pieces, from which something else is made. (A page made of a lingering one would be kept.)"""
    NONE = "none"
    """Nothing, for the key holds the version of all that is shown: a change gives another key."""


class _Cache(Protocol):
    def touch(self, mark: Mark, ends: Micros) -> None: ...

    def clear(self) -> None: ...


@dataclass(slots=True)
class _Touch:
    """In which looks a mark was touched last: at all, and so that nothing old may be shown."""

    last: int = 0
    last_at_once: int = 0


class Changes:
    """What changed lately, for all caches of a process. The follower tells it; any thread may ask."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.trusted_until = Micros(0)
        """When what is kept is no longer known to be fresh, because the follower did not look for too long."""
        self._caches: list[_Cache] = []
        self._generation = 0
        self._looks: deque[tuple[int, Micros]] = deque([(0, Micros(0))])
        self._touches: dict[Mark, _Touch] = {}

    def generation(self) -> int:
        """Say which look into the journal was the last. Ask before the read transaction begins."""
        return self._generation

    def join(self, cache: _Cache) -> None:
        """Let a cache be told of every change from now on."""
        self._caches.append(cache)

    def looked(self, changes: Iterable[Change], moment: Micros) -> None:
        """Take note of one look into the journal.

        Args:
            changes: what the facts that it saw make old, and no earlier look had seen; oldest first.
            moment: the time before the look's snapshot was taken.
        """
        with self.lock:
            look = self._generation + 1
            if moment < self._looks[-1][1] - CLOCK_SLACK_MICROS:  # set back: no end that was reckoned holds any more
                self._forget()
            for change in changes:
                if change.touched.everything:
                    self._forget()
                else:
                    self._note(change, look, moment)
            self._looks.append((look, moment))
            self._trim(moment)
            # Last of all: whoever sees this number finds nothing in any cache that this look made old.
            self._generation = look
            self.trusted_until = Micros(moment + FRESH_MICROS)

    def ends(self, marks: tuple[Mark, ...], since: int, ageing: Ageing) -> Micros | None:
        """Say until when a value holds that was begun at generation `since`; None: it does not. Under the lock."""
        if since == self._generation:
            return _NEVER
        if since < self._looks[0][0]:
            return None
        ends = _NEVER
        for mark in _with_every(marks):
            touch = self._touches.get(mark)
            if touch is None or touch.last <= since:
                continue
            if touch.last_at_once > since or ageing is Ageing.DROP:
                return None
            if ageing is Ageing.LINGER:
                ends = Micros(self._moment(since) + FRESH_MICROS)
        return ends

    def _note(self, change: Change, look: int, moment: Micros) -> None:
        touched = change.touched
        ends = Micros(0) if touched.at_once else Micros(min(change.at, moment) + FRESH_MICROS)
        marks: list[Mark] = [*touched.things, *((None, person) for person in touched.people)]
        for mark in marks:
            touch = self._touches.pop(mark, None) or _Touch()
            touch.last = look
            if touched.at_once:
                touch.last_at_once = look
            self._touches[mark] = touch
            for cache in self._caches:
                cache.touch(mark, ends)

    def _forget(self) -> None:
        """Let nothing be kept that was begun before this look, which becomes the first that is remembered."""
        self._looks.clear()
        self._touches.clear()
        for cache in self._caches:
            cache.clear()

    def _trim(self, moment: Micros) -> None:
        """Keep the memory short. What was begun before the first look that is left is refused by `ends`."""
        while len(self._looks) > 1 and self._looks[0][1] < moment - MEMORY_MICROS:
            self._looks.popleft()
        while self._touches:
            mark = next(iter(self._touches))
            oldest = self._touches[mark].last
            if oldest > self._looks[0][0]:
                if len(self._touches) <= MARKS_REMEMBERED:
                    break
                while self._looks[0][0] < oldest:
                    self._looks.popleft()
            del self._touches[mark]

    def _moment(self, look: int) -> Micros:
        """Say when a look was; every change that it did not see came later."""
        return self._looks[look - self._looks[0][0]][1]


class Kept(Generic[K, V]):
    """Values by their keys, as many as its room has place for.

    Any thread may use it. A value is shared by all who get it: it must never be changed.
    """

    def __init__(self, changes: Changes, room: Room, *, ageing: Ageing) -> None:
        """Make an empty cache.

        Args:
            changes: of this process.
            room: for all values with their keys; other caches may share it.
            ageing: what an ordinary change does.
        """
        self._changes = changes
        self._room = room
        self._ageing = ageing
        self._entries: dict[K, Entry[V]] = {}
        self._by_kind: dict[Of | None, dict[int, set[K]]] = {}
        changes.join(self)

    @property
    def max_bytes(self) -> int:
        """How large its room is, all that others keep there included."""
        return self._room.max_bytes

    @property
    def bytes(self) -> int:
        """How much it keeps itself."""
        return sum(entry.bytes for entry in self._entries.values())

    def __len__(self) -> int:
        """Count the values."""
        return len(self._entries)

    def generation(self) -> int:
        """Say since when a render that begins now can be kept: ask before its read transaction begins."""
        return self._changes.generation()

    def get(self, key: K, now: Micros) -> V | None:
        """Give what is kept and fresh at `now`; else None."""
        entry = self._entries.get(key)
        if entry is None or now >= entry.ends:
            return None
        if now >= self._changes.trusted_until and self._ageing is not Ageing.NONE:
            return None
        entry.used = True
        return entry.value

    def get_all(self, keys: Iterable[K], now: Micros) -> list[V | None]:
        """Give what `get` gives for each key, more quickly."""
        if now >= self._changes.trusted_until and self._ageing is not Ageing.NONE:
            return [None for _ in keys]
        find = self._entries.get
        found: list[V | None] = []
        for key in keys:
            entry = find(key)
            if entry is None or now >= entry.ends:
                found.append(None)
            else:
                entry.used = True
                found.append(entry.value)
        return found

    def ends_soon(self, key: K, now: Micros) -> bool:
        """Whether what is kept was touched, and is given out for less than half a second from `now`."""
        entry = self._entries.get(key)
        return entry is not None and entry.touched and now >= entry.ends - SOON_MICROS

    def put(self, key: K, value: V, *, size: int, depends: Depends, since: int) -> bool:
        """Keep a value, unless what it shows changed while it was made.

        Args:
            key: where it replaces what is there.
            value: what `get` gives from now on.
            size: its bytes.
            depends: what makes it old.
            since: the generation before the read transaction of what it was made from.

        Returns:
            Whether it is kept now.
        """
        return self.put_all([(key, value, size)], depends=depends, since=since)

    def put_all(self, made: Sequence[tuple[K, V, int]], *, depends: Depends, since: int) -> bool:
        """Keep many values that depend on the same: each with its key and its size, otherwise as `put` does."""
        marks = _marks(depends)
        extra = _ENTRY_BYTES + _MARK_BYTES * len(marks)
        with self._changes.lock:
            ends = self._changes.ends(marks, since, self._ageing)
            if ends is None:
                return False
            if depends.until is not None:
                ends = min(ends, depends.until)
            fitting = [(key, value, size + extra) for key, value, size in made if size + extra <= self._room.max_one]
            self._add(fitting, ends, marks)
        return len(fitting) == len(made)

    def _add(self, made: list[tuple[K, V, int]], ends: Micros, marks: tuple[Mark, ...]) -> None:
        entries = self._entries
        for key, value, cost in made:
            if key in entries:
                self.drop(key)
            entries[key] = entry = Entry(value, ends, cost, marks, self, key)
            self._room.take(entry)
        if made:
            for kind, number in marks:
                self._by_kind.setdefault(kind, {}).setdefault(number, set()).update([key for key, _, _ in made])
        self._room.make()

    def grow(self, key: K, value: V, size: int) -> None:
        """Take note that a kept value needs so many bytes more, if it is still the one that is kept."""
        with self._changes.lock:
            entry = self._entries.get(key)
            if entry is not None and entry.value is value:
                entry.bytes += size
                self._room.grown(size)
                self._room.make()

    def touch(self, mark: Mark, ends: Micros) -> None:
        """Let what depends on this end; what should have ended already is dropped. `Changes` calls it, locked."""
        if ends and self._ageing is Ageing.NONE:
            return
        for key in self._keys(mark):
            if ends and self._ageing is Ageing.LINGER:
                entry = self._entries[key]
                entry.ends, entry.touched = min(entry.ends, ends), True
            else:
                self.drop(key)

    def clear(self) -> None:
        """Keep nothing of what is there. `Changes` calls it, locked."""
        for entry in self._entries.values():
            self._room.leave(entry)
        self._entries.clear()
        self._by_kind.clear()

    def _keys(self, mark: Mark) -> list[K]:
        kind, number = mark
        of_kind = self._by_kind.get(kind, {})
        if number != EVERY:
            return list(of_kind.get(number, ()))
        return [key for keys in of_kind.values() for key in keys]

    def drop(self, key: K) -> None:
        """Keep it no longer. Called under the lock."""
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self._room.leave(entry)
        for kind, number in entry.marks:
            of_kind = self._by_kind[kind]
            keys = of_kind[number]
            keys.discard(key)
            if not keys:
                del of_kind[number]


def _marks(depends: Depends) -> tuple[Mark, ...]:
    """List what to look for. The site is left out: its change drops everything."""
    return (*(depends.things - _SITE), *((None, person) for person in depends.people))


def _with_every(marks: tuple[Mark, ...]) -> Iterable[Mark]:
    yield from marks
    for kind in {kind for kind, _ in marks}:
        yield kind, EVERY
