"""What does a line of a list show of each post? Rows in columns, by id, for those who write each line in one go.

They are tuples as the database gives them: a page holds many, and whoever draws them takes them apart at once. All
posts asked for must be there, as those of a list are; for posts that may be gone there is `post_lines.py`.
"""

from collections.abc import Sequence
from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommunityId, Micros, PersonId, PostId
from folkmoot.queries import communities, people
from folkmoot.queries.texts import TextColumns, rendered
from folkmoot.text.markdown import RENDERER

PostHead = tuple[
    PostId,
    PersonId,
    CommunityId,
    str,
    str | None,
    str | None,
    Micros,
    Micros | None,
    int,
    int,
    int,
    int,
    int,
    int,
    str | None,
    str,
    str | None,
    str,
    str | None,
    str,
    str,
]
"""Post, author, community; title, url, archive url; published, updated, whether that is approximate; whether imported;
comments, score; whether NSFW, whether locked; handle as imported, author's name and host; community's name, host and
title; plain text, empty where it was not asked for. Hosts are None for what is of here."""

_HEAD = """
    select r.post_id, r.author_id, r.community_id, w.title, w.url, w.archive_url, r.published, r.updated, r.approximate,
        r.imported, r.comments, r.score, r.nsfw, r.locked, w.handle, p.name, nullif(pi.host, ''), c.name,
        nullif(ci.host, ''), c.title,
"""
FROM_POSTS = """
    from post_rank r
    join post w on w.id = r.post_id
    join community c on c.id = r.community_id
    join instance ci on ci.id = c.instance_id
    join person p on p.id = r.author_id
    join instance pi on pi.id = p.instance_id
    where
"""
"""Posts with their community and author, each with its instance, whatever became of them."""
_HEADS = f"{_HEAD} '' {FROM_POSTS}"
_HEADS_WITH_TEXTS = f"{_HEAD} case when w.renderer = {RENDERER} then w.text end {FROM_POSTS}"

PostRow = tuple[Any, ...]
"""All that forms for programs say of a post: what `PostHead` begins with up to its handle; uri, when it was received,
when it was commented on last, upvotes, downvotes, whether an archive was offered; source, format, HTML and plain text;
then from `AUTHOR` on what `people.author_view` takes, and from `COMMUNITY` on what `communities.community_view` takes.
"""
AUTHOR = 25
COMMUNITY = AUTHOR + people.WIDTH
_HTML, _TEXT = 23, 24

_ROWS = f"""
    select r.post_id, r.author_id, r.community_id, w.title, w.url, w.archive_url, r.published, r.updated, r.approximate,
        r.imported, r.comments, r.score, r.nsfw, r.locked, w.handle, w.uri, r.received, r.newest_comment, r.upvotes,
        r.downvotes, w.archive_offered, w.source, w.format, case when w.renderer = {RENDERER} then w.html end, w.text,
        {people.columns("r.community_id")}, {communities.BRIEF} {FROM_POSTS}
"""

_STALE = "select w.id, w.source, w.format, w.html, w.text, w.renderer from post w where "


def post_heads(reader: Reader, posts: Sequence[PostId], *, texts: bool) -> list[PostHead]:
    """Read what lists show of posts, in any order.

    Args:
        reader: one snapshot.
        posts: without repeats; none is gone.
        texts: whether the plain text is wanted.
    """
    select = _HEADS_WITH_TEXTS if texts else _HEADS
    heads: list[Any] = reader.rows(select + reader.dialect.among("r.post_id", "posts"), posts=posts)
    stale = [head[0] for head in heads if head[-1] is None]
    if stale:
        anew = _rendered_anew(reader, stale)
        heads = [head if head[-1] is not None else (*head[:-1], anew[head[0]][1]) for head in heads]
    return heads


def post_rows(reader: Reader, posts: Sequence[PostId]) -> list[PostRow]:
    """Read all that forms for programs say of posts, in any order; for the arguments see `post_heads`."""
    rows = reader.rows(_ROWS + reader.dialect.among("r.post_id", "posts"), posts=posts)
    stale = [row[0] for row in rows if row[_HTML] is None]
    if stale:
        anew = _rendered_anew(reader, stale)
        rows = [row if row[_HTML] is not None else (*row[:_HTML], *anew[row[0]], *row[_TEXT + 1 :]) for row in rows]
    return rows


def _rendered_anew(reader: Reader, posts: Sequence[PostId]) -> dict[PostId, tuple[str, str]]:
    """Give HTML and plain text of posts that an older renderer left."""
    rows = reader.rows(_STALE + reader.dialect.among("w.id", "posts"), posts=posts)
    return {row[0]: rendered(TextColumns._make(row[1:]), "p", row[0]) for row in rows}
