"""The tables `comment` (wide: the text) and `comment_node` (narrow: the tree).

Incoming: votes, editions, modlog rows and replies point here. Outgoing: `child_count` of those above, and the counters
of post, community and author, are kept by the commands that make a comment come or go.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from folkmoot.db.base import Reader, Tx, Value
from folkmoot.model.ids import CommentId, Micros, PersonId, PostId, Uri
from folkmoot.model.limits import COUNTED_LEVELS
from folkmoot.model.permissions import State
from folkmoot.store.locks import row_lock
from folkmoot.store.texts import Format, StoredText
from folkmoot.text.html import Html


@dataclass(frozen=True, slots=True)
class CommentRow:
    id: CommentId
    post: PostId
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


@dataclass(frozen=True, slots=True)
class NewComment:
    id: CommentId
    post: PostId
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
    deleted: bool = False
    removed: bool = False
    gone_since: Micros | None = None


def post_of(reader: Reader, comment: CommentId) -> PostId | None:
    """Which post does it belong to? That never changes, so no lock is needed to know it."""
    found = reader.value("select post_id from comment_node where comment_id = :comment", comment=comment)
    return None if found is None else PostId(found)


_FIND = """
    select comment_id, post_id, author_id, depth, published, updated, deleted, removed, gone_since, erased
    from comment_node where comment_id = :comment
"""


def find(tx: Reader, comment: CommentId, *, lock: bool = False) -> CommentRow | None:
    row = tx.row(_FIND + (row_lock(tx) if lock else ""), comment=comment)
    if row is None:
        return None
    return CommentRow(
        id=CommentId(row[0]),
        post=PostId(row[1]),
        author=PersonId(row[2]),
        depth=row[3],
        published=Micros(row[4]),
        updated=row[5],
        deleted=row[6] == 1,
        removed=row[7] == 1,
        gone_since=row[8],
        erased=row[9] == 1,
    )


def find_by_uri(reader: Reader, uri: Uri) -> CommentId | None:
    found = reader.value("select id from comment where uri = :uri", uri=uri)
    return None if found is None else CommentId(found)


def path(reader: Reader, comment: CommentId) -> str:
    """Read the path of a comment that is there."""
    return str(reader.value("select path from comment where id = :comment", comment=comment))


def text(reader: Reader, comment: CommentId) -> StoredText:
    """Read the text of a comment that is there."""
    source, text_format, html, plain, renderer = reader.rows(
        "select source, format, html, text, renderer from comment where id = :comment", comment=comment
    )[0]
    return StoredText(source, Format(text_format), Html(html), plain, renderer)


def insert(tx: Tx, new: Sequence[NewComment]) -> None:
    """Write comments without votes, parents before children."""
    tx.run_many(
        """
        insert into comment (id, source, format, html, text, renderer, uri, handle, path, version)
        values (:id, :source, :format, :html, :text, :renderer, :uri, :handle, :path, 1)
        """,
        _wide_rows(new),
    )
    tx.run_many(
        """
        insert into comment_node (comment_id, post_id, parent_id, author_id, depth, position, published, updated,
            received, approximate, child_count, upvotes, downvotes, score, deleted, removed, gone_since, erased)
        values (:id, :post, :parent, :author, :depth, :position, :published, :updated, :received, :approximate,
            :child_count, 0, 0, 0, :deleted, :removed, :gone_since, 0)
        """,
        _narrow_rows(new),
    )


def _wide_rows(new: Iterable[NewComment]) -> Iterator[dict[str, Value]]:
    for comment in new:
        yield {
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


def _narrow_rows(new: Iterable[NewComment]) -> Iterator[dict[str, Value]]:
    for comment in new:
        yield {
            "id": comment.id,
            "post": comment.post,
            "parent": comment.parent,
            "author": comment.author,
            "depth": comment.depth,
            "position": comment.position,
            "published": comment.published,
            "updated": comment.updated,
            "received": comment.received,
            "approximate": comment.approximate,
            "child_count": comment.child_count,
            "deleted": comment.deleted,
            "removed": comment.removed,
            "gone_since": comment.gone_since,
        }


def above(reader: Reader, comment: CommentId, limit: int) -> list[int]:
    """Give a comment and those above it, at most `limit`, the nearest first.

    Paths name up to 50 at once, so this is one statement for nearly every comment; a recursive statement would be
    planned badly by PostgreSQL as long as the table is young.
    """
    found: list[int] = []
    top: int | None = comment
    while top is not None and len(found) < limit:
        elements = path(reader, CommentId(top)).split(".")[1:]
        line = [int(element) for element in reversed(elements)]
        found += line[1:] if found else line
        top = line[-1] if len(line) > 1 else None
    return found[:limit]


_COUNT_CHILD = "update comment_node set child_count = child_count + 1 where "


def count_child(tx: Tx, parent: CommentId) -> None:
    """Count a new comment in those above it, up to `COUNTED_LEVELS` of them."""
    tx.run(_COUNT_CHILD + tx.dialect.among("comment_id", "above"), above=above(tx, parent, COUNTED_LEVELS))


def update(tx: Tx, comment: CommentId, new: StoredText, *, updated: Micros) -> None:
    """Put another text in the place of the one that `store/editions.py` has kept."""
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
    tx.run("update comment_node set updated = :updated where comment_id = :comment", comment=comment, updated=updated)


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


def count_votes(tx: Tx, comment: CommentId, *, upvotes: int, downvotes: int) -> None:
    """Add to the counters of votes."""
    tx.run(
        """
        update comment_node set upvotes = upvotes + :upvotes, downvotes = downvotes + :downvotes,
            score = score + :upvotes - :downvotes
        where comment_id = :comment
        """,
        comment=comment,
        upvotes=upvotes,
        downvotes=downvotes,
    )
