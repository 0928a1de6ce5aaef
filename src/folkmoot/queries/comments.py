"""Which comments has a post, and what do they say? Narrow rows of the whole tree, wide rows of those shown."""

from collections.abc import Mapping, Sequence
from enum import Flag, auto
from functools import cache
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.db.dialect import Dialect
from folkmoot.model.ids import CommentId, Micros, PersonId, Uri
from folkmoot.queries import editions, visibility
from folkmoot.queries.heads import Head
from folkmoot.queries.texts import LITERAL, rendered
from folkmoot.queries.tree import Node
from folkmoot.queries.views import Absence, AuthorView, CommentView
from folkmoot.text.html import Html
from folkmoot.text.markdown import RENDERER, render_literal, render_markdown

# "id > 0" has SQLite use both columns of the index, even where most of the modlog is about posts
_NODE = f"""
    select n.comment_id, n.parent_id, n.author_id, n.depth, n.position, n.published, n.updated, n.received,
        n.approximate, n.child_count, n.upvotes, n.downvotes, n.score, {visibility.absence("n", "c")}, n.gone_since,
        case when n.removed = 1 then (
            select log.reason from modlog log where log.comment_id = n.comment_id and log.kind = 2 and log.undone = 0
                and log.id > 0 order by log.id desc limit 1
        ) end
"""
_SELECT = f"{_NODE} from community c cross join comment_node n where c.id = :community"
_OF_POST = " and n.post_id = :post"
_KNOWN_THEN = " and n.received <= :as_of"
_WITH_PARENT = """ and n.comment_id in (
    :comment, (select a.parent_id from comment_node a where a.comment_id = :comment)
)"""
_COLUMNS = "t.id, t.source, t.format, t.html, t.text, t.renderer, t.uri, t.handle, t.path, t.version"
_TEXTS_THEN = f"select {_COLUMNS}, {editions.COLUMNS} from comment t {editions.join(editions.COMMENT, 't.id')} where "
_PAGE_TEXTS = f"""
    select t.id, t.html, t.handle, case when t.renderer <> {RENDERER} then t.source end, t.format from comment t where
"""
"""The source of what an older renderer made only."""

_ALL = 2**31 - 1
ALL_LEVELS = _ALL

_ABSENCES = tuple(Absence)


class TextRow(NamedTuple):
    """The wide row of a comment; `edition` is the earlier one that was asked for, where there is one."""

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
    edition: editions.Edition | None = None


Words = tuple[Html, str | None]
"""What a page needs of the wide row of a comment: HTML, and its author's handle as an imported file spelled it."""


class WordsThen(NamedTuple):
    """What a page needs of a comment as it was. `updated`: when, if that is an edition before the present one."""

    words: Words
    earlier: bool
    updated: Micros | None


class Wanted(Flag):
    """Which spellings of the texts are to be read. Those that are not are empty, or what they were."""

    SOURCE = auto()
    HTML = auto()
    TEXT = auto()
    ALL = SOURCE | HTML | TEXT


@cache
def _texts(wanted: Wanted) -> str:
    """Give the statement for wide rows. What an older renderer made is made anew, and needs the source."""
    source = "t.source" if Wanted.SOURCE in wanted else f"case when t.renderer = {RENDERER} then '' else t.source end"
    html = "t.html" if Wanted.HTML in wanted else "''"
    text = "t.text" if Wanted.TEXT in wanted else "''"
    return f"""
        select t.id, {source}, t.format, {html}, {text}, t.renderer, t.uri, t.handle, t.path, t.version, null
        from comment t where
    """


def nodes(reader: Reader, head: Head, *, as_of: Micros | None = None) -> list[Node]:
    """Read the whole tree of a post, in no order, without texts; with `as_of` what was known by then."""
    if as_of is None:
        return reader.rows(_SELECT + _OF_POST, post=head.post, community=head.community.id)
    return reader.rows(_SELECT + _OF_POST + _KNOWN_THEN, post=head.post, community=head.community.id, as_of=as_of)


@cache
def _below(dialect: Dialect) -> str:
    """Give the statement for a branch. Each step and each row is looked up by itself, whatever PostgreSQL thinks."""
    replies = dialect.first_of_each("comment_node", "r", "comment_id", f"x.parent_id = branch.id limit {_ALL}")
    each = dialect.first_of_each("comment_node", "n", "comment_id", "x.comment_id = branch.id limit 1")
    return f"""
        with recursive branch (id, level) as (
            select cast(:comment as integer), 1
            union all
            select r.comment_id, branch.level + 1 from branch {replies} where branch.level < :levels
        )
        {_NODE} from community c cross join branch {each} where c.id = :community
    """


@cache
def _above(dialect: Dialect) -> str:
    """Give the statement for what a comment answers, level by level."""
    parent = dialect.first_of_each("comment_node", "a", "comment_id", "x.comment_id = line.id limit 1")
    each = dialect.first_of_each("comment_node", "n", "comment_id", "x.comment_id = line.id limit 1")
    return f"""
        with recursive line (id, level) as (
            select b.parent_id, 1 from comment_node b where b.comment_id = :comment
            union all
            select a.parent_id, line.level + 1 from line {parent} where line.level < :levels
        )
        {_NODE} from community c cross join line {each} where c.id = :community
    """


def nodes_below(reader: Reader, head: Head, comment: CommentId, *, levels: int = ALL_LEVELS) -> list[Node]:
    """Read a comment with what is below it, in no order: so many levels, itself among them."""
    return reader.rows(_below(reader.dialect), comment=comment, community=head.community.id, levels=levels)


def nodes_above(reader: Reader, head: Head, comment: CommentId, *, levels: int) -> list[Node]:
    """Read what a comment answers, and what that answers, and so on: at most so many, the uppermost first."""
    rows: list[Node] = reader.rows(_above(reader.dialect), comment=comment, community=head.community.id, levels=levels)
    return sorted(rows, key=lambda node: node[3])


def node_with_parent(reader: Reader, head: Head, comment: CommentId) -> list[Node]:
    """Read a comment and, behind it, what it answers; the comment alone where that is the post."""
    rows: list[Node] = reader.rows(_SELECT + _WITH_PARENT, comment=comment, community=head.community.id)
    return sorted(rows, key=lambda node: node[0] != comment)


def texts(
    reader: Reader, comments: Sequence[CommentId], *, as_of: Micros | None = None, wanted: Wanted = Wanted.ALL
) -> dict[CommentId, TextRow]:
    """Read the wide rows of comments; with `as_of` in the edition of then, which has all texts."""
    if not comments:
        return {}
    among = reader.dialect.among("t.id", "comments")
    if as_of is None:
        return {row[0]: row for row in map(TextRow._make, reader.rows(_texts(wanted) + among, comments=comments))}
    rows = reader.rows(_TEXTS_THEN + among, comments=comments, as_of=as_of)
    return {row[0]: _text_row(row) for row in rows}


def words(reader: Reader, comments: Sequence[CommentId]) -> dict[CommentId, Words]:
    """Read of the wide rows of comments only what pages show."""
    if not comments:
        return {}
    among = reader.dialect.among("t.id", "comments")
    return {
        comment: (html if stale is None else _anew(comment, stale, literal=form == LITERAL), handle)
        for comment, html, handle, stale, form in reader.rows(_PAGE_TEXTS + among, comments=comments)
    }


def words_then(reader: Reader, comments: Sequence[CommentId], *, as_of: Micros) -> dict[CommentId, WordsThen]:
    """Read what pages show of comments, in the edition of then."""
    found: dict[CommentId, WordsThen] = {}
    for comment, row in texts(reader, comments, as_of=as_of).items():
        said = row if row.edition is None else row.edition
        updated = None if row.edition is None else row.edition.updated
        html, _ = rendered(said, "c", comment)
        found[comment] = WordsThen((html, row.handle), row.edition is not None, updated)
    return found


def _anew(comment: CommentId, source: str, *, literal: bool) -> Html:
    render = render_literal if literal else render_markdown
    return render(source).for_thing(f"c{comment}")


def _text_row(columns: tuple[Any, ...]) -> TextRow:
    return TextRow._make((*columns[:10], editions.edition_of(columns[10:])))


def comment_views(
    head: Head, ordered: Sequence[Node], wide: Mapping[CommentId, TextRow], people: Mapping[PersonId, AuthorView]
) -> tuple[CommentView, ...]:
    """Join what was read, in the order of the nodes."""
    return tuple([_view(node, wide[node[0]], people[node[2]], op=head.author) for node in ordered])


def _view(node: Node, row: TextRow, author: AuthorView, *, op: PersonId) -> CommentView:
    (
        comment, parent, person, depth, position, published, updated, received, approximate, below, upvotes, downvotes,
        score, absence, gone_since, reason,
    ) = node  # fmt: skip
    _, source, form, html, text, renderer, uri, handle, path, version, edition = row
    if edition is not None:
        _, _, source, form, html, text, renderer, updated = edition
    if absence:
        source, html, text, form = "", "", "", 0
    elif renderer != RENDERER:
        html, text = rendered(row if edition is None else edition, "c", comment)
    return CommentView._make(
        (
            comment,
            parent,
            depth,
            path,
            position,
            author,
            handle,
            person == op,
            html,
            text,
            source,
            form == LITERAL,
            uri,
            published,
            updated,
            received,
            approximate == 1,
            below,
            upvotes,
            downvotes,
            score,
            _ABSENCES[absence],
            reason,
            version,
            gone_since,
        )
    )
