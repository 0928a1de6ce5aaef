"""What became visible in the journal since I last looked? For who must know of everything soon, and needs no order.

A follower with a durable cursor (`db/journal.py`) waits on PostgreSQL until nothing can appear before its place any
more, which one long transaction can delay by minutes. A watch does not wait: it keeps the snapshot of its last look,
and reads the facts of exactly those transactions that were not visible to it: the ones that ran then, and the later
ones. So each fact is seen once, as soon as it is committed, and a look costs as much as what is new.
"""

from typing import NamedTuple

import msgspec

from folkmoot.db.base import Reader
from folkmoot.db.dialect import POSTGRESQL
from folkmoot.db.facts import decoded
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact

Row = tuple[int, str, str]


class Noticed(NamedTuple):
    """When a fact was recorded, and what it is; None: one that this release does not know."""

    at: Micros
    fact: Fact | None


class Look(NamedTuple):
    """What one look saw.

    `seen` is to be handed to the next look. `noticed` is None where the watch does not know what it missed: more than
    it was willing to read, or the database is not the one that it was.
    """

    seen: str
    noticed: list[Noticed] | None


def look(reader: Reader, seen: str | None, limit: int) -> Look:
    """Read what was not visible to the look before.

    Args:
        reader: its first statement must be this one's.
        seen: of the look before; None: this is the first, and nothing before it counts.
        limit: read at most so many facts.
    """
    if reader.dialect is POSTGRESQL:
        return _look_postgresql(reader, seen, limit)
    newest = str(reader.value("select coalesce(max(seq), 0) from journal"))
    if seen is None or newest == seen:
        return Look(newest, [])
    if int(newest) < int(seen):
        return Look(newest, None)
    sql = "select at, kind, body from journal where seq > :seen order by seq limit :limit"
    return Look(newest, _noticed(reader.rows(sql, seen=int(seen), limit=limit + 1), limit))


def _look_postgresql(reader: Reader, seen: str | None, limit: int) -> Look:
    snapshot = str(reader.value("select pg_current_snapshot()::text"))
    if seen is None or snapshot == seen:
        return Look(snapshot, [])
    _, later, running = seen.split(":")
    if int(snapshot.split(":")[1]) < int(later):
        return Look(snapshot, None)
    # two statements, since `or` between them might not use the index
    sql = "select at, kind, body from journal where xid >= :later::text::xid8 order by xid, seq limit :limit"
    rows: list[Row] = reader.rows(sql, later=later, limit=limit + 1)
    if running:
        among = "select at, kind, body from journal where xid = any(:running::text::xid8[]) limit :limit"
        rows += reader.rows(among, running=f"{{{running}}}", limit=limit + 1)
    return Look(snapshot, _noticed(rows, limit))


def _noticed(rows: list[Row], limit: int) -> list[Noticed] | None:
    return None if len(rows) > limit else [Noticed(Micros(at), _known(kind, body)) for at, kind, body in rows]


def _known(kind: str, body: str) -> Fact | None:
    try:
        return decoded(kind, body)
    except (KeyError, msgspec.ValidationError):
        return None
