"""The tables `comment` (wide: the text) and `comment_node` (narrow: the tree).

Incoming: votes, editions, modlog rows and replies point here. Outgoing: `child_count` of those above, and the counters
of post, community and author, are kept by the commands that make a comment come or go.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from folkmoot.db.base import Reader, Tx, Value
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId, Uri
from folkmoot.model.limits import COUNTED_LEVELS
from folkmoot.model.permissions import State
from folkmoot.store.locks import row_lock
from folkmoot.store.texts import StoredText


class CommentRow(NamedTuple):
    """Flags are 0 or 1, as columns keep them."""

    id: CommentId
    post: PostId
    community: CommunityId
    author: PersonId
    depth: int
    published: Micros
    updated: Micros | None
    deleted: bool
    removed: bool
    gone_since: Micros | None
    erased: bool

    def state(self, *, community_gone: bool) -> State:
        return State(self.deleted, self.removed, erased=self.erased, community_gone=community_gone)


class NewComment(NamedTuple):
    """`upvotes`: 1 where its author's own vote is written with it."""

    id: CommentId
    post: PostId
    community: CommunityId
    parent: CommentId | None
    author: PersonId
    depth: int
    path: str
    text: StoredText
    published: Micros
    received: Micros
    updated: Micros | None = None
    uri: Uri | None = None
    handle: str | None = None
    position: int | None = None
    approximate: bool = False
    child_count: int = 0
    upvotes: int = 0
    deleted: bool = False
    removed: bool = False
    gone_since: Micros | None = None


def comment_row(row: Sequence[Any]) -> CommentRow:
    """Make a row of its columns, as read in `store/places.py`."""
    return CommentRow._make(row)


class Parent(NamedTuple):
    """What a reply needs to know of what it answers."""

    row: CommentRow
    path: str


_FIND_PARENT = """
    select n.comment_id, n.post_id, n.community_id, n.author_id, n.depth, n.published, n.updated, n.deleted, n.removed,
        n.gone_since, n.erased, c.path
    from comment_node n join comment c on c.id = n.comment_id
    where n.comment_id = :comment
"""


def find_parent(tx: Tx, comment: CommentId) -> Parent | None:
    """Find what is answered; the reply will be counted in it, so it is locked. Its post is already."""
    row = tx.row(_FIND_PARENT + row_lock(tx, "n"), comment=comment)
    return None if row is None else Parent(comment_row(row[:11]), row[11])


def find_by_uri(reader: Reader, uri: Uri) -> CommentId | None:
    found = reader.value("select id from comment where uri = :uri", uri=uri)
    return None if found is None else CommentId(found)


def source(reader: Reader, comment: CommentId) -> str:
    """Read what the author of a comment that is there wrote."""
    return str(reader.value("select source from comment where id = :comment", comment=comment))


_INSERT_WIDE = """
    insert into comment (id, source, format, html, text, renderer, uri, handle, path, version)
    values (:id, :source, :format, :html, :text, :renderer, :uri, :handle, :path, 1)
"""
_INSERT_NARROW = """
    insert into comment_node (comment_id, post_id, community_id, parent_id, author_id, depth, position, published,
        updated, received, approximate, child_count, upvotes, downvotes, score, deleted, removed, gone_since, erased)
    values (:id, :post, :community, :parent, :author, :depth, :position, :published,
        :updated, :received, :approximate, :child_count, :upvotes, 0, :upvotes, :deleted, :removed, :gone_since, 0)
"""


def insert(tx: Tx, new: NewComment) -> None:
    """Write a comment without votes but its author's."""
    tx.run(_INSERT_WIDE, **_wide_row(new))
    tx.run(_INSERT_NARROW, **_narrow_row(new))


def insert_all(tx: Tx, new: Sequence[NewComment]) -> None:
    """Write comments, parents before children."""
    tx.run_many(_INSERT_WIDE, map(_wide_row, new))
    tx.run_many(_INSERT_NARROW, map(_narrow_row, new))


def _wide_row(comment: NewComment) -> dict[str, Value]:
    return {
        "id": comment.id,
        "source": comment.text.source,
        "format": comment.text.format,
        "html": comment.text.html,
        "text": comment.text.text,
        "renderer": comment.text.renderer,
        "uri": comment.uri,
        "handle": comment.handle,
        "path": comment.path,
    }


def _narrow_row(comment: NewComment) -> dict[str, Value]:
    return {
        "id": comment.id,
        "post": comment.post,
        "community": comment.community,
        "parent": comment.parent,
        "author": comment.author,
        "depth": comment.depth,
        "position": comment.position,
        "published": comment.published,
        "updated": comment.updated,
        "received": comment.received,
        "approximate": comment.approximate,
        "child_count": comment.child_count,
        "upvotes": comment.upvotes,
        "deleted": comment.deleted,
        "removed": comment.removed,
        "gone_since": comment.gone_since,
    }


def _above(reader: Reader, parent: Parent, limit: int) -> list[int]:
    """Give a comment and those above it, at most `limit`, the nearest first.

    Paths name up to 50 at once, so nearly every comment knows them all; a recursive statement would be planned badly
    by PostgreSQL as long as the table is young.
    """
    found = _line(parent.path)
    further = found
    while len(found) < min(limit, parent.row.depth) and further:
        further = _line(reader.value("select path from comment where id = :comment", comment=found[-1]))[1:]
        found += further
    return found[:limit]


def _line(path: str) -> list[int]:
    return [int(element) for element in reversed(path.split(".")[1:])]


_COUNT_CHILD = "update comment_node set child_count = child_count + 1 where "


def count_child(tx: Tx, parent: Parent) -> None:
    """Count a new comment in what it answers and those above that, up to `COUNTED_LEVELS` of them."""
    above = _above(tx, parent, COUNTED_LEVELS)
    if len(above) == 1:
        tx.run(_COUNT_CHILD + "comment_id = :parent", parent=parent.row.id)
    else:
        tx.run(_COUNT_CHILD + tx.dialect.among("comment_id", "above"), above=above)


def update(tx: Tx, comment: CommentId, new: StoredText, *, updated: Micros) -> None:
    """Put another text in the place of the one that `store/editions.py` has kept.

    `updated` rises with each edit, if only by a microsecond: what was made of one edition is told by it from another.
    """
    tx.run(
        """
        update comment set source = :source, format = :format, html = :html, text = :text, renderer = :renderer,
            version = version + 1
        where id = :comment
        """,
        comment=comment,
        source=new.source,
        format=new.format,
        html=new.html,
        text=new.text,
        renderer=new.renderer,
    )
    tx.run(
        """
        update comment_node set updated = case when updated >= :updated then updated + 1 else :updated end
        where comment_id = :comment
        """,
        comment=comment,
        updated=updated,
    )


def mark_gone(tx: Tx, comment: CommentId, *, deleted: bool, removed: bool, gone_since: Micros | None) -> None:
    tx.run(
        """
        update comment_node set deleted = :deleted, removed = :removed, gone_since = :gone_since
        where comment_id = :comment
        """,
        comment=comment,
        deleted=deleted,
        removed=removed,
        gone_since=gone_since,
    )
    tx.run("update comment set version = version + 1 where id = :comment", comment=comment)


_COUNT_VOTES = """
    update comment_node set upvotes = upvotes + :upvotes, downvotes = downvotes + :downvotes,
        score = score + :upvotes - :downvotes
    where comment_id = :comment
"""


def count_votes(tx: Tx, comment: CommentId, *, upvotes: int, downvotes: int) -> None:
    """Add to the counters of votes."""
    tx.run(_COUNT_VOTES, comment=comment, upvotes=upvotes, downvotes=downvotes)
