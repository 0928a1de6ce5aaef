"""What do people do on a generated site? The commands of the house, made up one after the other without an end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any

from folkmoot.commands.base import Command
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.moderation import LockPost, RemoveComment
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.base import Reader
from folkmoot.model.callers import Caller
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId

Deed = tuple[Caller, Command[Any]]
Post = tuple[PostId, Caller]
Comment = tuple[CommentId, PostId, Caller]
BODY = "A comment of usual length, with *some* emphasis, a [link](https://example.org/x) and an end. " * 3
_PEOPLE = 200
_THINGS = 2_000
_NEWEST = 20_000
"""They are looked for among so many."""
_DEPTH = 40
_STEP = 7
"""Who comes next for which thing; it shares no factor with the numbers above, so that all pairs come up."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Whom and what the commands are about: local people who may write, and the newest things of local people.

    What is deleted, removed or locked, and let be again, is nothing that others answer to or vote on.
    """

    people: tuple[Caller, ...]
    admin: Caller
    communities: tuple[CommunityId, ...]
    posts: Sequence[Post]
    deleted_posts: Sequence[Post]
    locked_posts: Sequence[Post]
    comments: Sequence[Comment]
    deleted_comments: Sequence[Comment]
    removed_comments: Sequence[Comment]


def ground(reader: Reader) -> Ground:
    """Look at a generated site. What is chosen is the same on every copy of it.

    Each statement reads one table from its end, for a read may not live long; the rest is done here.
    """
    people = reader.rows("select id from person where instance_id = 1 and bot = 0 and deleted = 0 order by id")
    here = {person for (person,) in people}
    gone = {place for (place,) in reader.rows("select id from community where deleted = 1 or removed = 1")}
    newest = reader.rows(
        """
        select post_id, community_id, author_id, deleted + removed + locked from post_rank
        order by post_id desc limit :newest
        """,
        newest=_NEWEST,
    )
    open_posts = {post for post, community, _, closed in newest if not closed and community not in gone}
    known = [
        (PostId(post), Caller(PersonId(author)))
        for post, _, author, _ in newest
        if post in open_posts and author in here
    ][:_THINGS]
    changing = {post for post, _ in (*known[0::4], *known[1::4])}
    latest = reader.rows(
        """
        select comment_id, post_id, author_id, deleted + removed, depth from comment_node
        order by comment_id desc limit :newest
        """,
        newest=_NEWEST,
    )
    said = [
        (CommentId(comment), PostId(post), Caller(PersonId(author)))
        for comment, post, author, absent, depth in latest
        if not absent and depth < _DEPTH and author in here and post in open_posts and post not in changing
    ][:_THINGS]
    communities = reader.rows(
        "select id from community where deleted = 0 and removed = 0 order by id limit :limit", limit=_PEOPLE
    )
    admin = reader.value("select id from person where instance_id = 1 and admin = 1 order by id limit 1")
    return Ground(
        people=tuple(Caller(PersonId(person)) for (person,) in people[:_PEOPLE]),
        admin=Caller(PersonId(admin)),
        communities=tuple(CommunityId(community) for (community,) in communities),
        posts=[*known[2::4], *known[3::4]],
        deleted_posts=known[0::4],
        locked_posts=known[1::4],
        comments=[*said[2::4], *said[3::4]],
        deleted_comments=said[0::4],
        removed_comments=said[1::4],
    )


def _passes() -> Iterator[bool]:
    """Give True for all things once, then False for all, and so on: each command changes something."""
    return cycle((True, False))


def _post_votes(there: Ground) -> Iterator[Deed]:
    for turn, up in enumerate(_passes()):
        for number, (post, _) in enumerate(there.posts):
            yield there.people[(number + turn // 2 * _STEP) % len(there.people)], SetPostVote(post, -1 if up else 1)


def _comment_votes(there: Ground) -> Iterator[Deed]:
    for turn, up in enumerate(_passes()):
        for number, (comment, _, _) in enumerate(there.comments):
            who = there.people[(number + turn // 2 * _STEP) % len(there.people)]
            yield who, SetCommentVote(comment, -1 if up else 1)


def _comments(there: Ground) -> Iterator[Deed]:
    """Give comments on posts and replies to comments, one each."""
    people = cycle(there.people)
    for number in count():
        if number % 2:
            comment, post, _ = there.comments[number % len(there.comments)]
            yield next(people), CreateComment(post, comment, f"{BODY}{number}")
        else:
            post, _ = there.posts[number % len(there.posts)]
            yield next(people), CreateComment(post, None, f"{BODY}{number}")


def _posts(there: Ground) -> Iterator[Deed]:
    people, communities = cycle(there.people), cycle(there.communities)
    for number in count():
        link = f"https://example.org/{number}" if number % 2 else None
        yield next(people), CreatePost(next(communities), f"What was seen on day {number}", link, BODY)


def _post_edits(there: Ground) -> Iterator[Deed]:
    for turn in count():
        for post, author in there.posts:
            yield author, EditPost(post, body=f"{BODY}{turn}")


def _comment_edits(there: Ground) -> Iterator[Deed]:
    for turn in count():
        for comment, _, author in there.comments:
            yield author, EditComment(comment, f"{BODY}{turn}")


def _post_deletions(there: Ground) -> Iterator[Deed]:
    for deleted in _passes():
        for post, author in there.deleted_posts:
            yield author, DeletePost(post, deleted)


def _comment_deletions(there: Ground) -> Iterator[Deed]:
    for deleted in _passes():
        for comment, _, author in there.deleted_comments:
            yield author, DeleteComment(comment, deleted)


def _comment_removals(there: Ground) -> Iterator[Deed]:
    for removed in _passes():
        for comment, _, _ in there.removed_comments:
            yield there.admin, RemoveComment(comment, "off topic", removed)


def _locks(there: Ground) -> Iterator[Deed]:
    for locked in _passes():
        for post, _ in there.locked_posts:
            yield there.admin, LockPost(post, locked, "enough said")


def _mixture(there: Ground) -> Iterator[Deed]:
    """Give what a lively site does: three votes on posts, one on a comment, one comment."""
    post_votes, comment_votes, comments = _post_votes(there), _comment_votes(there), _comments(there)
    for each in cycle((post_votes, post_votes, comment_votes, post_votes, comments)):
        yield next(each)


MIXTURE = "mixture"
DEEDS: Mapping[str, Callable[[Ground], Iterator[Deed]]] = {
    "post vote": _post_votes,
    "comment vote": _comment_votes,
    "comment": _comments,
    "post": _posts,
    "edit post": _post_edits,
    "edit comment": _comment_edits,
    "delete post": _post_deletions,
    "delete comment": _comment_deletions,
    "remove comment": _comment_removals,
    "lock post": _locks,
    MIXTURE: _mixture,
}
"""Each makes commands that change something every time, as long as they are done in their order."""
