"""What happened since I last looked? The journal's facts in order, and each follower's durable place in it.

Within one transaction of a follower the place moves together with what it wrote, so its rows are right; what it does
outside (mail, delivery) may happen again after a crash.

On PostgreSQL a number is drawn before its transaction commits, so a follower that remembers "the last number seen"
loses rows. A place is therefore the pair (transaction, number), and a follower reads only what lies below the oldest
transaction that still runs: nothing can appear there any more.
"""

from dataclasses import dataclass
from typing import NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.db.dialect import POSTGRESQL
from folkmoot.db.facts import decoded
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact

KEEP_MICROS = Micros(14 * 24 * 3600 * 1_000_000)
"""So long a fact is kept at least."""
LIVE_MICROS = Micros(30 * 24 * 3600 * 1_000_000)
"""A follower that has not moved for so long, though there was something to follow, is given up."""


class Place(NamedTuple):
    """Behind which fact a follower is. `xid` is 0 on SQLite."""

    xid: int
    seq: int


START = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact, when it was recorded, and the place behind it."""

    place: Place
    at: Micros
    fact: Fact


def facts_after(reader: Reader, place: Place, limit: int) -> list[Recorded]:
    """Give the facts behind a place, oldest first, at most `limit`; none where there is nothing new yet."""
    sql = _AFTER_POSTGRESQL if reader.dialect is POSTGRESQL else _AFTER_SQLITE
    rows = reader.rows(sql, xid=place.xid, seq=place.seq, limit=limit)
    return [Recorded(Place(xid, seq), Micros(at), decoded(kind, body)) for xid, seq, at, kind, body in rows]


_AFTER_SQLITE = """
    select :xid, seq, at, kind, body from journal where seq > :seq order by seq limit :limit
"""
_AFTER_POSTGRESQL = """
    select xid::text::bigint, seq, at, kind, body from journal
    where (xid, seq) > (:xid::text::xid8, :seq) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, seq limit :limit
"""


def newest_place(reader: Reader) -> Place:
    """Give a place with everything behind it that this reader does not see.

    On PostgreSQL some facts that it does see may be behind it too, while a transaction older than theirs runs.
    """
    if reader.dialect is POSTGRESQL:
        return Place(reader.value(_NEWEST_POSTGRESQL), 0)
    return Place(0, reader.value("select coalesce(max(seq), 0) from journal"))


_NEWEST_POSTGRESQL = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def place_of(reader: Reader, follower: str) -> Place | None:
    """Give a follower's durable place, or None where it never had one."""
    row = reader.row("select xid, seq from cursor where name = :name", name=follower)
    return None if row is None else Place(*row)


def move_cursor(tx: Tx, follower: str, place: Place) -> None:
    """Keep a follower's place, in the transaction that writes what it made of the facts before it."""
    tx.run(
        """
        insert into cursor (name, xid, seq, moved) values (:name, :xid, :seq, :now)
        on conflict (name) do update set xid = excluded.xid, seq = excluded.seq, moved = excluded.moved
        """,
        name=follower,
        xid=place.xid,
        seq=place.seq,
        now=tx.now,
    )


def prune_journal(tx: Tx, limit: int) -> int:
    """Drop facts that are older than 14 days and behind the slowest follower that lives.

    Args:
        tx: of a background command.
        limit: look at so many of the oldest; call again while it drops as many.

    Returns:
        How many were dropped.
    """
    slowest = tx.row(
        "select xid, seq from cursor where moved >= :alive order by xid, seq limit 1", alive=tx.now - LIVE_MICROS
    )
    place = Place(*slowest) if slowest else newest_place(tx)
    sql = _PRUNE_POSTGRESQL if tx.dialect is POSTGRESQL else _PRUNE_SQLITE
    return tx.run(sql, xid=place.xid, seq=place.seq, old=tx.now - KEEP_MICROS, limit=limit)


_PRUNE_SQLITE = """
    delete from journal
    where seq in (select seq from journal order by seq limit :limit) and at < :old and (:xid, seq) <= (:xid, :seq)
"""
_PRUNE_POSTGRESQL = """
    delete from journal
    where seq in (select seq from journal order by xid, seq limit :limit)
        and at < :old and (xid, seq) <= (:xid::text::xid8, :seq)
"""
