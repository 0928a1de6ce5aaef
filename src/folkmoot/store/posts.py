"""The tables `post` (wide: the text) and `post_rank` (narrow: what lists sort and filter by).

Incoming: comments, votes, editions and modlog rows point here. Outgoing: the community's and the author's counters are
kept by the commands that make a post come or go.
"""

from dataclasses import dataclass

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, Micros, PersonId, PostId, Uri
from folkmoot.model.permissions import State
from folkmoot.store.locks import row_lock
from folkmoot.store.texts import Format, StoredText
from folkmoot.text.html import Html


@dataclass(frozen=True, slots=True)
class PostRow:
    id: PostId
    community: CommunityId
    author: PersonId
    published: Micros
    updated: Micros | None
    imported: bool
    deleted: bool
    removed: bool
    locked: bool
    gone_since: Micros | None
    erased: bool

    def state(self, *, community_gone: bool) -> State:
        return State(self.deleted, self.removed, self.locked, self.erased, community_gone)


@dataclass(frozen=True, slots=True)
class PostText:
    """The wide row."""

    title: str
    url: str | None
    text: StoredText


@dataclass(frozen=True, slots=True)
class NewPost:
    id: PostId
    community: CommunityId
    author: PersonId
    wide: PostText
    published: Micros
    received: Micros
    updated: Micros | None = None
    uri: Uri | None = None
    handle: str | None = None
    archive_url: str | None = None
    archive_offered: bool = False
    imported: bool = False
    approximate: bool = False
    newest_comment: Micros | None = None
    comments: int = 0
    nsfw: bool = False


def community_of(reader: Reader, post: PostId) -> CommunityId | None:
    """Which community does it belong to? That never changes, so no lock is needed to know it."""
    found = reader.value("select community_id from post_rank where post_id = :post", post=post)
    return None if found is None else CommunityId(found)


_FIND = """
    select post_id, community_id, author_id, published, updated, imported, deleted, removed, locked, gone_since, erased
    from post_rank where post_id = :post
"""


def find(tx: Reader, post: PostId, *, lock: bool = False) -> PostRow | None:
    row = tx.row(_FIND + (row_lock(tx) if lock else ""), post=post)
    if row is None:
        return None
    return PostRow(
        id=PostId(row[0]),
        community=CommunityId(row[1]),
        author=PersonId(row[2]),
        published=Micros(row[3]),
        updated=row[4],
        imported=row[5] == 1,
        deleted=row[6] == 1,
        removed=row[7] == 1,
        locked=row[8] == 1,
        gone_since=row[9],
        erased=row[10] == 1,
    )


def find_by_uri(reader: Reader, uri: Uri) -> PostId | None:
    found = reader.value("select id from post where uri = :uri", uri=uri)
    return None if found is None else PostId(found)


def wide(reader: Reader, post: PostId) -> PostText:
    """Read the wide row of a post that is there."""
    title, url, source, text_format, html, text, renderer = reader.rows(
        "select title, url, source, format, html, text, renderer from post where id = :post", post=post
    )[0]
    return PostText(title, url, StoredText(source, Format(text_format), Html(html), text, renderer))


def insert(tx: Tx, post: NewPost) -> bool:
    """Write a post without votes and, but for an import, without comments.

    Returns:
        False where its uri is known already; then nothing was written.
    """
    text = post.wide.text
    inserted = tx.run(
        """
        insert into post (id, title, url, archive_url, archive_offered, source, format, html, text, renderer, uri,
            handle, version)
        values (:id, :title, :url, :archive_url, :archive_offered, :source, :format, :html, :text, :renderer, :uri,
            :handle, 1)
        on conflict (uri) do nothing
        """,
        id=post.id,
        title=post.wide.title,
        url=post.wide.url,
        archive_url=post.archive_url,
        archive_offered=post.archive_offered,
        source=text.source,
        format=text.format,
        html=text.html,
        text=text.text,
        renderer=text.renderer,
        uri=post.uri,
        handle=post.handle,
    )
    if inserted == 1:
        _insert_narrow(tx, post)
    return inserted == 1


def _insert_narrow(tx: Tx, post: NewPost) -> None:
    tx.run(
        """
        insert into post_rank (post_id, community_id, author_id, published, updated, received, imported, approximate,
            newest_comment, tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed, locked,
            gone_since, erased)
        values (:id, :community, :author, :published, :updated, :received, :imported, :approximate, :newest_comment, 1,
            :comments, 0, 0, 0, :nsfw, 0, 0, 0, null, 0)
        """,
        id=post.id,
        community=post.community,
        author=post.author,
        published=post.published,
        updated=post.updated,
        received=post.received,
        imported=post.imported,
        approximate=post.approximate,
        newest_comment=post.published if post.newest_comment is None else post.newest_comment,
        comments=post.comments,
        nsfw=post.nsfw,
    )


def update(tx: Tx, post: PostId, new: PostText, *, updated: Micros) -> None:
    """Put another text in the place of the one that `store/editions.py` has kept."""
    tx.run(
        """
        update post set title = :title, url = :url, source = :source, format = :format, html = :html, text = :text,
            renderer = :renderer, version = version + 1
        where id = :post
        """,
        post=post,
        title=new.title,
        url=new.url,
        source=new.text.source,
        format=new.text.format,
        html=new.text.html,
        text=new.text.text,
        renderer=new.text.renderer,
    )
    tx.run("update post_rank set updated = :updated where post_id = :post", post=post, updated=updated)


def mark_nsfw(tx: Tx, post: PostId, *, nsfw: bool) -> None:
    tx.run("update post_rank set nsfw = :nsfw where post_id = :post", post=post, nsfw=nsfw)


def is_nsfw(reader: Reader, post: PostId) -> bool:
    return bool(reader.value("select nsfw from post_rank where post_id = :post", post=post) == 1)


def mark_gone(tx: Tx, post: PostId, *, deleted: bool, removed: bool, gone_since: Micros | None) -> None:
    tx.run(
        """
        update post_rank set deleted = :deleted, removed = :removed, gone_since = :gone_since where post_id = :post
        """,
        post=post,
        deleted=deleted,
        removed=removed,
        gone_since=gone_since,
    )
    tx.run("update post set version = version + 1 where id = :post", post=post)


def mark_locked(tx: Tx, post: PostId, *, locked: bool) -> None:
    tx.run("update post_rank set locked = :locked where post_id = :post", post=post, locked=locked)


def count(tx: Tx, post: PostId, *, comments: int, published: Micros) -> None:
    """Add to the counter of comments when one came or went, and let the tree's version rise.

    Args:
        tx: the transaction.
        post: the post.
        comments: how many more are present now; 0 where a deleted one was removed too.
        published: of the comment that came or went.
    """
    tx.run(
        """
        update post_rank set comments = comments + :comments, tree_version = tree_version + 1,
            newest_comment = case when newest_comment < :published then :published else newest_comment end
        where post_id = :post
        """,
        post=post,
        comments=comments,
        published=published,
    )


def count_votes(tx: Tx, post: PostId, *, upvotes: int, downvotes: int) -> None:
    """Add to the counters of votes."""
    tx.run(
        """
        update post_rank set upvotes = upvotes + :upvotes, downvotes = downvotes + :downvotes,
            score = score + :upvotes - :downvotes
        where post_id = :post
        """,
        post=post,
        upvotes=upvotes,
        downvotes=downvotes,
    )
