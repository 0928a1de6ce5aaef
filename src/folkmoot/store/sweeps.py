"""Which rows wait for the house's upkeep? Texts of an older renderer, and texts whose time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import Micros
from folkmoot.store.texts import Format, Kind, StoredText


class Shelf(IntEnum):
    """Which table holds a rendered text."""

    POST = 1
    COMMENT = 2
    COMMUNITY = 3


@dataclass(frozen=True, slots=True)
class StaleText:
    """A text that an older renderer rendered. `version`: of its row when it was read."""

    shelf: Shelf
    id: int
    version: int
    source: str
    format: Format


_STALE = {
    Shelf.POST: """
        select id, version, source, format from post where renderer < :renderer order by renderer limit :limit
    """,
    Shelf.COMMENT: """
        select id, version, source, format from comment where renderer < :renderer order by renderer limit :limit
    """,
    Shelf.COMMUNITY: """
        select id, version, description, 1 from community where renderer < :renderer limit :limit
    """,
}
_REFRESH = {
    Shelf.POST: """
        update post set html = :html, text = :text, renderer = :renderer, version = version + 1
        where id = :id and version = :version
    """,
    Shelf.COMMENT: """
        update comment set html = :html, text = :text, renderer = :renderer, version = version + 1
        where id = :id and version = :version
    """,
}
_REFRESH_COMMUNITY = """
    update community set html = :html, renderer = :renderer, version = version + 1
    where id = :id and version = :version
"""


def stale_texts(reader: Reader, renderer: int, limit: int) -> list[StaleText]:
    """Give texts that were rendered by an older renderer than this."""
    found: list[StaleText] = []
    for shelf, sql in _STALE.items():
        rows = reader.rows(sql, renderer=renderer, limit=limit - len(found))
        found += [StaleText(shelf, row[0], row[1], row[2], Format(row[3])) for row in rows]
    return found


def refresh(tx: Tx, stale: StaleText, new: StoredText) -> None:
    """Put in what was rendered anew, unless the row has changed meanwhile; then it was rendered anew by that."""
    if stale.shelf is Shelf.COMMUNITY:
        tx.run(_REFRESH_COMMUNITY, id=stale.id, version=stale.version, html=new.html, renderer=new.renderer)
        return
    tx.run(
        _REFRESH[stale.shelf],
        id=stale.id,
        version=stale.version,
        html=new.html,
        text=new.text,
        renderer=new.renderer,
    )


_GONE = {
    Kind.POST: """
        select post_id from post_rank where gone_since < :before and gone_since is not null and erased = 0
        order by gone_since, post_id limit :limit
    """,
    Kind.COMMENT: """
        select comment_id from comment_node where gone_since < :before and gone_since is not null and erased = 0
        order by gone_since, comment_id limit :limit
    """,
}


def gone_before(reader: Reader, kind: Kind, before: Micros, limit: int) -> list[int]:
    """Give things that were deleted or removed before that time and still have their text; the longest gone first."""
    return [row[0] for row in reader.rows(_GONE[kind], before=before, limit=limit)]


_ERASE_POST = """
    update post set title = '', url = null, archive_url = null, archive_offered = 0, source = '', html = '', text = '',
        version = version + 1
    where id = :id
"""
_ERASE_COMMENT = "update comment set source = '', html = '', text = '', version = version + 1 where id = :id"


def erase(tx: Tx, kind: Kind, things: Sequence[int]) -> None:
    """Let the texts of these be gone, with all earlier editions. Their places stay."""
    if things:
        tx.forget()
    rows = [{"id": thing} for thing in things]
    tx.run_many(_ERASE_POST if kind is Kind.POST else _ERASE_COMMENT, rows)
    tx.run_many("delete from edition where kind = :kind and thing_id = :id", [{"kind": kind, **row} for row in rows])
    if kind is Kind.POST:
        tx.run_many("update post_rank set erased = 1 where post_id = :id", rows)
    else:
        tx.run_many("update comment_node set erased = 1 where comment_id = :id", rows)
