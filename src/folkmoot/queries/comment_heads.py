"""What does a line of a list show of each comment? Rows in columns, by id, as those of posts in `post_heads.py`."""

from collections.abc import Sequence
from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.texts import TextColumns, rendered
from folkmoot.text.markdown import RENDERER

CommentHead = tuple[Any, ...]
"""Comment, its post, its author, its community, the post's author; the post's title and `Absence`; published, updated,
whether that is approximate, place in an imported file; score; handle as imported; community's name, host (None for one
of here) and title; HTML; then, where they were asked for, from `AUTHOR` on what `people.author_view` takes."""
AUTHOR = 17
_HTML = 16

CommentRow = tuple[Any, ...]
"""All that forms for programs say of a comment: what `CommentHead` begins with up to the handle; uri, when it was
received, how many are below it, upvotes, downvotes, path; source, format, HTML and plain text; of its post the link,
whether it is locked, published, updated, whether it is NSFW, uri; then from `ROW_AUTHOR` on what `people.author_view`
takes, and from `ROW_COMMUNITY` on what `communities.community_view` takes."""
ROW_AUTHOR = 29
ROW_COMMUNITY = ROW_AUTHOR + people.WIDTH
_ROW_HTML, _ROW_TEXT = 21, 22

_ABSENCE = visibility.absence("r", "c")
_BEGINNING = f"""
    select n.comment_id, n.post_id, n.author_id, n.community_id, r.author_id,
        case when {_ABSENCE} = 0 then w.title else '' end, {_ABSENCE},
        n.published, n.updated, n.approximate, n.position, n.score, t.handle,
"""
_HEAD = f"""
    {_BEGINNING} c.name, nullif(ci.host, ''), c.title, case when t.renderer = {RENDERER} then t.html end
"""
_FROM = """
    from comment_node n
    join comment t on t.id = n.comment_id
    join post_rank r on r.post_id = n.post_id
    join post w on w.id = n.post_id
    join community c on c.id = n.community_id
    join instance ci on ci.id = c.instance_id
"""
_FROM_WITH_AUTHORS = f"""
    {_FROM}
    join person p on p.id = n.author_id
    join instance pi on pi.id = p.instance_id
"""
_HEADS = f"{_HEAD} {_FROM} where "
_HEADS_WITH_AUTHORS = f"""{_HEAD}, {people.columns("n.community_id")} {_FROM_WITH_AUTHORS} where """
_ROWS = f"""
    {_BEGINNING} t.uri, n.received, n.child_count, n.upvotes, n.downvotes, t.path, t.source, t.format,
        case when t.renderer = {RENDERER} then t.html end, t.text,
        case when {_ABSENCE} = 0 then w.url end, r.locked, r.published, r.updated, r.nsfw, w.uri,
        {people.columns("n.community_id")}, {communities.BRIEF} {_FROM_WITH_AUTHORS} where
"""
_STALE = "select t.id, t.source, t.format, t.html, t.text, t.renderer from comment t where "


def comment_heads(reader: Reader, comments: Sequence[CommentId], *, authors: bool) -> list[CommentHead]:
    """Read what lists show of comments, in any order.

    Args:
        reader: one snapshot.
        comments: without repeats; none is gone, but its post may be.
        authors: whether it is told who wrote them.
    """
    select = _HEADS_WITH_AUTHORS if authors else _HEADS
    heads = reader.rows(select + reader.dialect.among("n.comment_id", "comments"), comments=comments)
    stale = [head[0] for head in heads if head[_HTML] is None]
    if stale:
        anew = _rendered_anew(reader, stale)
        heads = [
            head if head[_HTML] is not None else (*head[:_HTML], anew[head[0]][0], *head[_HTML + 1 :]) for head in heads
        ]
    return heads


def comment_rows(reader: Reader, comments: Sequence[CommentId]) -> list[CommentRow]:
    """Read all that forms for programs say of comments, in any order; for the arguments see `comment_heads`."""
    rows = reader.rows(_ROWS + reader.dialect.among("n.comment_id", "comments"), comments=comments)
    stale = [row[0] for row in rows if row[_ROW_HTML] is None]
    if stale:
        anew = _rendered_anew(reader, stale)
        rows = [
            row if row[_ROW_HTML] is not None else (*row[:_ROW_HTML], *anew[row[0]], *row[_ROW_TEXT + 1 :])
            for row in rows
        ]
    return rows


def _rendered_anew(reader: Reader, comments: Sequence[CommentId]) -> dict[CommentId, tuple[str, str]]:
    """Give HTML and plain text of comments that an older renderer left."""
    rows = reader.rows(_STALE + reader.dialect.among("t.id", "comments"), comments=comments)
    return {row[0]: rendered(TextColumns._make(row[1:]), "c", row[0]) for row in rows}
