"""Which comments has a post, and what do they say? Narrow rows of the whole tree, wide rows of those shown."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId, Micros, PersonId, Uri
from folkmoot.queries import editions, visibility
from folkmoot.queries.heads import Head
from folkmoot.queries.texts import LITERAL, rendered
from folkmoot.queries.tree import Node
from folkmoot.queries.views import Absence, AuthorView, CommentView
from folkmoot.text.html import Html

_SELECT = f"""
    select n.comment_id, n.parent_id, n.author_id, n.depth, n.position, n.published, n.updated, n.received,
        n.approximate, n.child_count, n.upvotes, n.downvotes, n.score, {visibility.absence("n", "c")}, n.gone_since,
        case when n.removed = 1 then (
            select m.reason from modlog m where m.comment_id = n.comment_id and m.kind = 2 and m.undone = 0
            order by m.id desc limit 1
        ) end
    from community c cross join comment_node n
    where c.id = :community
"""
_OF_POST = " and n.post_id = :post"
_WITH_PARENT = """ and n.comment_id in (
    :comment, (select a.parent_id from comment_node a where a.comment_id = :comment)
)"""
_KNOWN_THEN = " and n.received <= :as_of"
_COLUMNS = "t.id, t.source, t.format, t.html, t.text, t.renderer, t.uri, t.handle, t.path, t.version"
_TEXTS = f"select {_COLUMNS} from comment t where "
_TEXTS_THEN = f"select {_COLUMNS}, {editions.COLUMNS} from comment t {editions.join(editions.COMMENT, 't.id')} where "

_NO_TEXT = Html(""), ""
_ABSENCES = tuple(Absence)


class TextRow(NamedTuple):
    """The wide row of a comment; `updated` is of the edition, where an earlier one was asked for."""

    comment: CommentId
    source: str
    format: int
    html: str
    text: str
    renderer: int
    uri: Uri | None
    handle: str | None
    path: str
    version: int
    edition: editions.Edition | None


def nodes(reader: Reader, head: Head, *, as_of: Micros | None = None) -> list[Node]:
    """Read the whole tree of a post, in no order, without texts; with `as_of` what was known by then."""
    if as_of is None:
        rows = reader.rows(_SELECT + _OF_POST, post=head.post, community=head.community.id)
    else:
        rows = reader.rows(_SELECT + _OF_POST + _KNOWN_THEN, post=head.post, community=head.community.id, as_of=as_of)
    return [Node._make(row) for row in rows]


def node_with_parent(reader: Reader, head: Head, comment: CommentId) -> list[Node]:
    """Read a comment and, behind it, what it answers; the comment alone where that is the post."""
    rows = reader.rows(_SELECT + _WITH_PARENT, comment=comment, community=head.community.id)
    return sorted((Node._make(row) for row in rows), key=lambda node: node.comment != comment)


def texts(reader: Reader, comments: Sequence[CommentId], *, as_of: Micros | None = None) -> dict[CommentId, TextRow]:
    """Read the wide rows of comments; with `as_of` in the edition of then."""
    if not comments:
        return {}
    among = reader.dialect.among("t.id", "comments")
    if as_of is None:
        rows = reader.rows(_TEXTS + among, comments=comments)
    else:
        rows = reader.rows(_TEXTS_THEN + among, comments=comments, as_of=as_of)
    return {row[0]: _text_row(row) for row in rows}


def _text_row(columns: tuple[Any, ...]) -> TextRow:
    return TextRow._make((*columns[:10], editions.edition_of(columns[10:])))


def comment_views(
    head: Head, ordered: Sequence[Node], wide: Mapping[CommentId, TextRow], people: Mapping[PersonId, AuthorView]
) -> tuple[CommentView, ...]:
    """Join what was read, in the order of the nodes."""
    return tuple(_view(node, wide[node.comment], people[node.author], op=head.author) for node in ordered)


def _view(node: Node, row: TextRow, author: AuthorView, *, op: PersonId) -> CommentView:
    said = row if row.edition is None else row.edition
    present = node.absence == Absence.PRESENT
    html, text = rendered(said, "c", node.comment) if present else _NO_TEXT
    return CommentView(
        id=node.comment,
        parent=node.parent,
        depth=node.depth,
        path=row.path,
        position=node.position,
        author=author,
        handle=row.handle,
        op=node.author == op,
        html=html,
        text=text,
        source=said.source if present else "",
        literal=present and said.format == LITERAL,
        uri=row.uri,
        published=node.published,
        updated=node.updated if row.edition is None else row.edition.updated,
        received=node.received,
        approximate=node.approximate == 1,
        child_count=node.child_count,
        upvotes=node.upvotes,
        downvotes=node.downvotes,
        score=node.score,
        absence=_ABSENCES[node.absence],
        reason=node.reason,
        version=row.version,
        gone_since=node.gone_since,
    )
