"""What did moderators do? The public record, the newest first."""

from typing import NamedTuple

from folkmoot.db.base import Param, Reader
from folkmoot.model.ids import CommentId, CommunityId, Micros, ModlogId, PersonId, PostId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import ModlogDeed, ModlogEntry, ModlogList

_ORDER = "id"

_SELECT = f"""
    select m.id, m.at, m.kind, m.undone, m.moderator_id, m.community_id, m.post_id,
        case when {visibility.absence("r", "c")} = 0 then w.title end, m.comment_id,
        case when m.comment_id is null then r.author_id else n.author_id end, m.reason
    from modlog m
    left join post_rank r on r.post_id = m.post_id
    left join post w on w.id = m.post_id
    left join community c on c.id = m.community_id
    left join comment_node n on n.comment_id = m.comment_id
    where m.id < :before
"""
_OF_COMMUNITY = " and m.community_id = :community"
_NEWEST = " order by m.id desc limit :limit"
_ALL = 2**31 - 1


class _Row(NamedTuple):
    entry: ModlogId
    at: Micros
    deed: int
    undone: int
    moderator: PersonId | None
    community: CommunityId | None
    post: PostId | None
    title: str | None
    comment: CommentId | None
    author: PersonId | None
    reason: str | None


def modlog(reader: Reader, *, community: CommunityId | None, after: str | None, limit: int) -> ModlogList:
    """List what was done, in one community or everywhere.

    Args:
        reader: one snapshot.
        community: None for everywhere.
        after: where the page before ended, as its `after` says; None for the first page.
        limit: how many, from 1.

    Raises:
        Invalid: `bad_cursor`.
    """
    before = _ALL if after is None else cursor_keys(after, _ORDER, count=1)[0]
    params: dict[str, Param] = {"before": before, "limit": limit + 1}
    if community is not None:
        params["community"] = community
    sql = _SELECT + ("" if community is None else _OF_COMMUNITY) + _NEWEST
    found = [_Row._make(row) for row in reader.rows(sql, **params)]
    entries = _entries(reader, found[:limit])
    return ModlogList(entries, cursor_text(_ORDER, [entries[-1].id]) if len(found) > limit else None)


def _entries(reader: Reader, rows: list[_Row]) -> tuple[ModlogEntry, ...]:
    named = {person for row in rows for person in (row.moderator, row.author) if person is not None}
    who = people.known(reader, named)
    where = communities.known(reader, {row.community for row in rows if row.community is not None})
    return tuple(
        ModlogEntry(
            id=row.entry,
            at=row.at,
            deed=ModlogDeed(row.deed),
            undone=row.undone == 1,
            moderator=None if row.moderator is None else who[row.moderator],
            community=None if row.community is None else where[row.community],
            post=row.post,
            title=row.title or "",
            comment=row.comment,
            author=None if row.author is None else who[row.author],
            reason=row.reason,
        )
        for row in rows
    )
