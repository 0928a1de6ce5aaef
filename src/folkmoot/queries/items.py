"""What did they comment, and on which posts? The comments of a list with their posts, by id."""

from collections.abc import Sequence
from typing import NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId, Micros, PostId, Uri
from folkmoot.queries import people, visibility
from folkmoot.queries.list_views import ItemView, PostLine
from folkmoot.queries.post_lines import post_lines
from folkmoot.queries.texts import LITERAL, TextColumns, rendered
from folkmoot.queries.views import Absence, AuthorView, CommentView
from folkmoot.text.html import Html

_COMMENTS = f"""
    select n.comment_id, n.post_id, n.parent_id, n.depth, n.position, n.published, n.updated, n.received, n.approximate,
        n.child_count, n.upvotes, n.downvotes, n.score, {visibility.absence("n", "c")}, n.gone_since,
        t.path, t.handle, t.uri, t.version,
        case when n.removed = 1 then (
            select m.reason from modlog m where m.comment_id = n.comment_id and m.kind = 2 and m.undone = 0
                and m.id > 0 order by m.id desc limit 1
        ) end,
        t.source, t.format, t.html, t.text, t.renderer, {people.columns("n.community_id")}
    from comment_node n
    join comment t on t.id = n.comment_id
    join community c on c.id = n.community_id
    join person p on p.id = n.author_id
    join instance pi on pi.id = p.instance_id
    where
"""
_ABSENCES = tuple(Absence)


class _Row(NamedTuple):
    comment: CommentId
    post: PostId
    parent: CommentId | None
    depth: int
    position: int | None
    published: Micros
    updated: Micros | None
    received: Micros
    approximate: int
    child_count: int
    upvotes: int
    downvotes: int
    score: int
    absence: int
    gone_since: Micros | None
    path: str
    handle: str | None
    uri: Uri | None
    version: int
    reason: str | None


_TEXT = len(_Row._fields)
_AUTHOR = _TEXT + len(TextColumns._fields)


def items(
    reader: Reader, *, posts: Sequence[PostId], comments: Sequence[CommentId]
) -> tuple[dict[PostId, ItemView], dict[CommentId, ItemView]]:
    """Read posts, and comments with theirs, in two statements at most. What is gone comes without texts."""
    rows = (
        reader.rows(_COMMENTS + reader.dialect.among("n.comment_id", "comments"), comments=comments) if comments else ()
    )
    lines = post_lines(reader, sorted({*posts, *(row[1] for row in rows)}))
    of_comments: dict[CommentId, ItemView] = {}
    for row in rows:
        found, stored = _Row._make(row[:_TEXT]), TextColumns._make(row[_TEXT:_AUTHOR])
        post = lines[found.post]
        of_comments[found.comment] = ItemView(post, _comment(found, stored, people.author_view(row[_AUTHOR:]), post))
    return {post: ItemView(lines[post]) for post in posts}, of_comments


def _comment(row: _Row, stored: TextColumns, author: AuthorView, post: PostLine) -> CommentView:
    absence = _ABSENCES[row.absence]
    present = absence is Absence.PRESENT
    html, text = rendered(stored, "c", row.comment) if present else (Html(""), "")
    return CommentView(
        id=row.comment,
        parent=row.parent,
        depth=row.depth,
        position=row.position,
        path=row.path,
        op=author.id == post.author.id,
        author=author,
        handle=row.handle,
        literal=present and stored.format == LITERAL,
        source=stored.source if present else "",
        text=text,
        html=html,
        published=row.published,
        received=row.received,
        updated=row.updated,
        approximate=row.approximate == 1,
        upvotes=row.upvotes,
        downvotes=row.downvotes,
        score=row.score,
        child_count=row.child_count,
        absence=absence,
        gone_since=row.gone_since,
        reason=row.reason,
        uri=row.uri,
        version=row.version,
    )
