"""The tables `post` (wide: the text) and `post_rank` (narrow: what lists sort and filter by).

Incoming: comments, votes, editions and modlog rows point here. Outgoing: the community's and the author's counters are
kept by the commands that make a post come or go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, Micros, PersonId, PostId, Uri
from folkmoot.model.permissions import State
from folkmoot.model.ranking import Ranks
from folkmoot.store.texts import Format, StoredText
from folkmoot.text.html import Html


class PostRow(NamedTuple):
    """Flags are 0 or 1, as columns keep them."""

    id: PostId
    community: CommunityId
    author: PersonId
    published: Micros
    updated: Micros | None
    deleted: bool
    removed: bool
    locked: bool
    gone_since: Micros | None
    erased: bool
    rank_due: Micros | None
    nsfw: bool

    def state(self, *, community_gone: bool) -> State:
        return State(self.deleted, self.removed, self.locked, self.erased, community_gone)


@dataclass(frozen=True, slots=True)
class PostText:
    """The wide row."""

    title: str
    url: str | None
    text: StoredText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """`upvotes`: 1 where its author's own vote is written with it."""

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
    newest_comment: Micros
    newest_other: Micros
    comments: int = 0
    upvotes: int = 0
    nsfw: bool = False
    ranks: Ranks


def post_row(row: Sequence[Any]) -> PostRow:
    """Make a row of its columns, as read in `store/places.py`."""
    return PostRow._make(row)


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
    """Write a post without votes but its author's and, but for an import, without comments.

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
    ranks = post.ranks
    tx.run(
        """
        insert into post_rank (post_id, community_id, author_id, published, updated, received, imported, approximate,
            newest_comment, newest_other, tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed,
            locked, gone_since, erased, hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class,
            rank_due)
        values (:id, :community, :author, :published, :updated, :received, :imported, :approximate,
            :newest_comment, :newest_other, 1, :comments, :upvotes, 0, :upvotes, :nsfw, 0, 0,
            0, null, 0, :hot, :active, :scaled, :controversy, :top, :age_class, :due)
        """,
        id=post.id,
        community=post.community,
        author=post.author,
        published=post.published,
        updated=post.updated,
        received=post.received,
        imported=post.imported,
        approximate=post.approximate,
        newest_comment=post.newest_comment,
        newest_other=post.newest_other,
        comments=post.comments,
        upvotes=post.upvotes,
        nsfw=post.nsfw,
        **ranks._asdict(),
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


_COUNT_COMMENT = """
    update post_rank set comments = comments + 1, tree_version = tree_version + 1,
        newest_comment = case when newest_comment < :published then :published else newest_comment end
    where post_id = :post
"""
_COUNT_OTHERS_COMMENT = """
    update post_rank set comments = comments + 1, tree_version = tree_version + 1,
        newest_comment = case when newest_comment < :published then :published else newest_comment end,
        newest_other = case when newest_other < :published then :published else newest_other end,
        rank_due = case when rank_due < :now then rank_due else :now end
    where post_id = :post
"""


def count_comment(tx: Tx, post: PostId, published: Micros, *, for_active: bool) -> None:
    """Count a new comment; one that counts for Active makes the ranks due."""
    if for_active:
        tx.run(_COUNT_OTHERS_COMMENT, post=post, published=published, now=tx.now)
    else:
        tx.run(_COUNT_COMMENT, post=post, published=published)


def count_gone(tx: Tx, post: PostId, comments: int) -> None:
    """Add to the counter of comments when one went or came back; 0 where a deleted one was removed too."""
    tx.run(
        "update post_rank set comments = comments + :comments, tree_version = tree_version + 1 where post_id = :post",
        post=post,
        comments=comments,
    )


_CHANGE_TREE = "update post_rank set tree_version = tree_version + 1 where post_id = :post"


def change_tree(tx: Tx, post: PostId) -> None:
    """Let the tree's version rise, because what is shown of one of its comments has changed."""
    tx.run(_CHANGE_TREE, post=post)


_POSTS_OF = "select comment_id, post_id from comment_node where "


def change_trees_of(tx: Tx, comments: Sequence[int]) -> dict[int, PostId]:
    """Let the versions of all trees rise that these comments are in; in order, before the comments are changed.

    Returns:
        The post of each comment.
    """
    posts = {row[0]: PostId(row[1]) for row in tx.rows(_POSTS_OF + tx.dialect.among("comment_id", "all"), all=comments)}
    tx.run_many(_CHANGE_TREE, ({"post": post} for post in sorted(set(posts.values()))))
    return posts


_COUNT_VOTES = """
    update post_rank set upvotes = upvotes + :upvotes, downvotes = downvotes + :downvotes,
        score = score + :upvotes - :downvotes
    where post_id = :post
"""
_COUNT_VOTES_DUE = """
    update post_rank set upvotes = upvotes + :upvotes, downvotes = downvotes + :downvotes,
        score = score + :upvotes - :downvotes, rank_due = :now
    where post_id = :post
"""


def count_votes(tx: Tx, post: PostRow, *, upvotes: int, downvotes: int) -> None:
    """Add to the counters of votes; make the ranks due, but where they are already leave all indexes alone."""
    if post.rank_due is not None and post.rank_due <= tx.now:
        tx.run(_COUNT_VOTES, post=post.id, upvotes=upvotes, downvotes=downvotes)
    else:
        tx.run(_COUNT_VOTES_DUE, post=post.id, upvotes=upvotes, downvotes=downvotes, now=tx.now)
