"""What stands at the head of a thread? One post with its community and its author, in one statement."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.errors import Invalid, NotFound
from folkmoot.model.ids import CommentId, Micros, PersonId, PostId, Uri
from folkmoot.queries import communities, editions, people, visibility
from folkmoot.queries.texts import LITERAL, rendered
from folkmoot.queries.views import Absence, AuthorView, CommunityView, PostView
from folkmoot.text.html import Html

_SELECT = f"""
    select {communities.COLUMNS},
        w.id, w.title, w.url, w.archive_url, w.archive_offered, w.source, w.format, w.html, w.text, w.renderer, w.uri,
        w.handle, w.version, r.author_id, r.published, r.updated, r.received, r.imported, r.approximate,
        r.newest_comment, r.comments, r.upvotes, r.downvotes, r.score, r.nsfw, r.locked,
        {visibility.absence("r", "c")}, r.gone_since,
        case when r.removed = 1 then (
            select m.reason from modlog m where m.post_id = r.post_id and m.kind = 1 and m.undone = 0
                and m.id > 0 order by m.id desc limit 1
        ) end,
        {people.columns("r.community_id")}
"""
_FROM = """
    from post_rank r
    join post w on w.id = r.post_id
    join community c on c.id = r.community_id
    join instance ci on ci.id = c.instance_id
    join person p on p.id = r.author_id
    join instance pi on pi.id = p.instance_id
"""
_NOW = _SELECT + _FROM
_THEN = f"{_SELECT}, {editions.COLUMNS} {_FROM} {editions.join(editions.POST, 'r.post_id')}"
_OF_POST = " where r.post_id = :post"
_OF_COMMENT = " where r.post_id = (select n.post_id from comment_node n where n.comment_id = :comment)"


class _Row(NamedTuple):
    post: PostId
    title: str
    url: str | None
    archive_url: str | None
    archive_offered: int
    source: str
    format: int
    html: str
    text: str
    renderer: int
    uri: Uri | None
    handle: str | None
    version: int
    author: PersonId
    published: Micros
    updated: Micros | None
    received: Micros
    imported: int
    approximate: int
    newest_comment: Micros
    comments: int
    upvotes: int
    downvotes: int
    score: int
    nsfw: int
    locked: int
    absence: int
    gone_since: Micros | None
    reason: str | None


_WRITER = communities.WIDTH + len(_Row._fields)
_WIDTH = _WRITER + people.WIDTH


@dataclass(frozen=True, slots=True)
class Head:
    """A post with all that stands at its head; `writer` is its author."""

    row: _Row
    community: CommunityView
    writer: AuthorView

    @property
    def post(self) -> PostId:
        return self.row.post

    @property
    def author(self) -> PersonId:
        return self.row.author

    @property
    def imported(self) -> bool:
        return self.row.imported == 1

    def view(self) -> PostView:
        """Make the post's view."""
        row = self.row
        present = row.absence == Absence.PRESENT
        html, text = rendered(row, "p", row.post) if present else (Html(""), "")
        return PostView(
            id=row.post,
            community=self.community,
            author=self.writer,
            handle=row.handle,
            title=row.title if present else "",
            url=row.url if present else None,
            archive_url=row.archive_url if present else None,
            archive_offered=present and row.archive_offered == 1,
            html=html,
            text=text,
            source=row.source if present else "",
            literal=present and row.format == LITERAL,
            uri=row.uri,
            published=row.published,
            updated=row.updated,
            received=row.received,
            imported=self.imported,
            approximate=row.approximate == 1,
            newest_comment=row.newest_comment,
            comments=row.comments,
            upvotes=row.upvotes,
            downvotes=row.downvotes,
            score=row.score,
            nsfw=row.nsfw == 1,
            locked=row.locked == 1,
            absence=Absence(row.absence),
            reason=row.reason,
            version=row.version,
            gone_since=row.gone_since,
        )


def _head(columns: tuple[Any, ...]) -> Head:
    row = _Row(*columns[communities.WIDTH : _WRITER])
    edition = editions.edition_of(columns[_WIDTH:])
    if edition is not None:
        row = row._replace(**edition._asdict())
    writer = people.author_view(columns[_WRITER:_WIDTH])
    return Head(row, communities.community_view(columns[: communities.WIDTH]), writer)


def head_of_post(reader: Reader, post: PostId, *, as_of: Micros | None = None) -> Head:
    """Read one post.

    Args:
        reader: the snapshot.
        post: the post.
        as_of: give the edition of then.

    Raises:
        NotFound: there is none.
        Invalid: `not_known_then`: it became known here after `as_of`.
    """
    if as_of is None:
        columns = reader.row(_NOW + _OF_POST, post=post)
    else:
        columns = reader.row(_THEN + _OF_POST, post=post, as_of=as_of)
    if columns is None:
        raise NotFound("couldnt_find_post")
    head = _head(columns)
    if as_of is not None and as_of < head.row.received:
        raise Invalid("not_known_then", field="as_of", limit=head.row.received)
    return head


def head_of_comment(reader: Reader, comment: CommentId) -> Head:
    """Read the post that a comment belongs to.

    Raises:
        NotFound: there is no such comment.
    """
    columns = reader.row(_NOW + _OF_COMMENT, comment=comment)
    if columns is None:
        raise NotFound("couldnt_find_comment")
    return _head(columns)
