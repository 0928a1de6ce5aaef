"""What was posted last? The newest posts, a page at a time: narrow rows in order, then the wide ones by id."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import Micros, PostId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.views import PostLine, PostList

_NEWEST = f"""
    select r.published, r.post_id
    from post_rank r
    where {visibility.listed("r")}
"""
_BEYOND = " and (r.published, r.post_id) < (:published, :post)"
_ORDER = " order by r.published desc, r.post_id desc limit :limit"

_LINES = f"""
    select w.id, w.title, w.url, w.archive_url, w.archive_offered, w.handle, r.published, r.updated, r.imported,
        r.approximate, r.comments, r.score, r.nsfw, r.locked,
        {communities.COLUMNS},
        {people.columns("r.community_id")}
    from post_rank r
    join post w on w.id = r.post_id
    join community c on c.id = r.community_id
    join instance ci on ci.id = c.instance_id
    join person p on p.id = r.author_id
    join instance pi on pi.id = p.instance_id
    where
"""


class _Row(NamedTuple):
    post: PostId
    title: str
    url: str | None
    archive_url: str | None
    archive_offered: int
    handle: str | None
    published: Micros
    updated: Micros | None
    imported: int
    approximate: int
    comments: int
    score: int
    nsfw: int
    locked: int


_WIDTH = len(_Row._fields)


def newest_posts(reader: Reader, *, after: str | None, limit: int) -> PostList:
    """List posts that are there for everybody, newest first.

    Args:
        reader: one snapshot.
        after: where the page before ended, as its `after` says; None for the first page.
        limit: how many, from 1.

    Raises:
        Invalid: `bad_cursor`.
    """
    keys = _keys(reader, after=after, limit=limit + 1)
    shown = keys[:limit]
    lines = _lines(reader, [post for _, post in shown])
    more = len(keys) > limit
    return PostList(tuple(lines[post] for _, post in shown), after=cursor_text("new", shown[-1]) if more else None)


def _keys(reader: Reader, *, after: str | None, limit: int) -> list[tuple[Micros, PostId]]:
    if after is None:
        rows = reader.rows(_NEWEST + _ORDER, limit=limit)
    else:
        published, post = cursor_keys(after, "new", count=2)
        rows = reader.rows(_NEWEST + _BEYOND + _ORDER, published=published, post=post, limit=limit)
    return [(row[0], row[1]) for row in rows]


def _lines(reader: Reader, posts: Sequence[PostId]) -> dict[PostId, PostLine]:
    if not posts:
        return {}
    rows = reader.rows(_LINES + reader.dialect.among("r.post_id", "posts"), posts=posts)
    return {row[0]: _line(row) for row in rows}


def _line(columns: tuple[Any, ...]) -> PostLine:
    row = _Row(*columns[:_WIDTH])
    beyond = _WIDTH + communities.WIDTH
    return PostLine(
        id=row.post,
        title=row.title,
        url=row.url,
        archive_url=row.archive_url,
        archive_offered=row.archive_offered == 1,
        community=communities.community_view(columns[_WIDTH:beyond]),
        author=people.author_view(columns[beyond:]),
        handle=row.handle,
        published=row.published,
        updated=row.updated,
        imported=row.imported == 1,
        approximate=row.approximate == 1,
        comments=row.comments,
        score=row.score,
        nsfw=row.nsfw == 1,
        locked=row.locked == 1,
    )
