"""Which pieces is a list made of? Its rows, each kept by the id of what it shows, and a shell around them.

Rows and shells are kept under keys without versions: a change of what one shows drops it (`touched.py`), and so does
the end of an age that it says. So where all rows of a page are kept, no statement is run but the one that gives their
order. See `docs/decisions/0030-lists-from-rows.md`.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from folkmoot.doors.caches import Caches, Key
from folkmoot.doors.depends import MINUTE_MICROS, SITE, Depends, Of, Thing
from folkmoot.doors.documents import Whole, digest_of
from folkmoot.doors.kept import Kept
from folkmoot.model.ids import Micros

Row = tuple[bytes, Hashable, Thing, int, tuple[int, ...], Micros]
"""One row: its bytes, the id that it was asked for by, the thing whose changes it shows, the community that it names,
the people whom it shows, and until when its age stays (`NEVER` where it says none). Plain, for a page makes many."""

Piece = tuple[bytes, bytes, Row]
"""A row as a page takes it: its bytes, the digest of them, the row. The digest is made once, when the row is drawn."""

NEVER = Micros(2**62)
MARK = "\x00rows\x00"
"""Stands for the rows where a shell is made; no text holds it, for none may hold U+0000."""

_ROW_BYTES = 350
_SHELL_BYTES = 400
_VIEW_BYTES = 4_000
_NOBODY = frozenset[int]()

V = TypeVar("V")
T = TypeVar("T", bound=Hashable)


class Shell(NamedTuple):
    """What stands before and after the rows of a list, what that shows, and the digest of both parts."""

    before: bytes
    after: bytes
    depends: Depends
    digest: bytes


class Pieces:
    """What is kept of lists, as one request sees it."""

    def __init__(self, caches: Caches, now: Micros) -> None:
        """Begin, before the read transaction.

        Args:
            caches: of the process.
            now: the time of the request.
        """
        kept: Kept[Key, Any] = caches.pieces
        self._kept = kept
        self._keeps = kept.max_bytes > 0
        self._now = now
        self._since = kept.generation()

    def rows(self, kind: str, ids: Sequence[T], draw: Callable[[Sequence[T]], Iterable[Row]]) -> list[Piece]:
        """Give the rows of a page in its order.

        Args:
            kind: of row, with all that its looks depend on but the thing and the time.
            ids: of the things.
            draw: reads and draws those that are not kept, in any order; called once at most.
        """
        if not self._keeps:
            drawn = _drawn(draw(ids)) if ids else {}
            return [drawn[id_] for id_ in ids]
        found: list[Any] = self._kept.get_all([(kind, id_) for id_ in ids], self._now)
        if all(found):
            return found
        missing = [id_ for id_, piece in zip(ids, found, strict=True) if piece is None]
        drawn = _drawn(draw(missing))
        for id_, piece in drawn.items():
            size, depends = len(piece[0]) + _ROW_BYTES, _of_row(piece[2])
            self._kept.put((kind, id_), piece, size=size, depends=depends, since=self._since)
        return [drawn[id_] if piece is None else piece for id_, piece in zip(ids, found, strict=True)]

    def shell(self, key: Key, make: Callable[[], Shell]) -> Shell:
        """Give a shell.

        Args:
            key: all that it is made from but what its `depends` names.
            make: makes it where none is kept.
        """
        shell: Shell | None = self._kept.get(key, self._now) if self._keeps else None
        if shell is None:
            shell = make()
            if self._keeps:
                size = len(shell.before) + len(shell.after) + _SHELL_BYTES
                self._kept.put(key, shell, size=size, depends=shell.depends, since=self._since)
        return shell

    def view(self, key: Key, read: Callable[[], V], depends: Callable[[V], Depends]) -> V:
        """Give what a query gives, for what many answers need and few changes touch."""
        found: V | None = self._kept.get(key, self._now) if self._keeps else None
        if found is None:
            found = read()
            if self._keeps:
                self._kept.put(key, found, size=_VIEW_BYTES, depends=depends(found), since=self._since)
        return found


def shell_of(whole: bytes | str, depends: Depends) -> Shell:
    """Cut a document at `MARK`. Where there is none, for there are no rows, all of it stands before them."""
    text = whole.encode() if isinstance(whole, str) else whole
    before, _, after = text.partition(MARK.encode())
    return Shell(before, after, depends, digest_of(digest_of(before), digest_of(after)))


def joined(shell: Shell, rows: Sequence[Piece], between: bytes) -> Whole:
    """Join a document. What tells it from all others is reckoned from the digests of its parts, which are at hand.

    Args:
        shell: what stands around the rows.
        rows: in order.
        between: what stands between two rows.
    """
    digest = digest_of(shell.digest, *[row[1] for row in rows])
    if not rows:
        return Whole(shell.before + shell.after, digest)
    parts = [row[0] for row in rows]
    parts[0] = shell.before + parts[0]
    parts[-1] += shell.after
    return Whole(between.join(parts), digest)


def shown(shell: Shell, rows: Iterable[Piece], things: Iterable[Thing], now: Micros) -> Depends:
    """Say what a whole answer shows.

    Args:
        shell: around the rows.
        rows: in it.
        things: of which the list itself is made.
        now: when it was made. Where it says ages, it is looked at anew after a minute at the latest.
    """
    marks, people = {*shell.depends.things, *things}, set(shell.depends.people)
    until = NEVER if shell.depends.until is None else shell.depends.until
    for _, _, (_, _, thing, place, seen, ends) in rows:
        marks.add(thing)
        marks.add((Of.PLACE, place))
        people.update(seen)
        until = min(until, ends)
    ages = None if until == NEVER else Micros(min(until, now + MINUTE_MICROS))
    return Depends(frozenset(marks), frozenset(people), ages)


def of_site() -> Depends:
    """Say what shows nothing but the site and things that never change."""
    return Depends(frozenset({SITE}), _NOBODY, None)


def _drawn(rows: Iterable[Row]) -> dict[Hashable, Piece]:
    return {row[1]: (row[0], digest_of(row[0]), row) for row in rows}


def _of_row(row: Row) -> Depends:
    _, _, thing, place, people, until = row
    return Depends(frozenset({thing, (Of.PLACE, place)}), frozenset(people), until)
