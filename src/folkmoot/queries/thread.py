"""What was said about this post? A thread or a branch of it, in four statements whatever its size.

These are whole, for the forms that show everything; what stands on one page is in `queries/talk.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries.comments import Wanted, comment_views, node_with_parent, nodes, nodes_below, texts
from folkmoot.queries.heads import Head, head_of_comment, head_of_post
from folkmoot.queries.people import authors
from folkmoot.queries.tree import Node, counted, reading_order, sort_key
from folkmoot.queries.views import Absence, CommentSort, CommentView, PostView, ReplyView, ThreadView

_SORTS = (CommentSort.HOT, CommentSort.TOP, CommentSort.NEW, CommentSort.OLD, CommentSort.CONTROVERSIAL)


class Manner(NamedTuple):
    """How a form wants a thread.

    `later`: where the sort is as shown, how to sort what the file did not hold. `wanted`: which of the comments' texts.
    """

    later: CommentSort = CommentSort.HOT
    wanted: Wanted = Wanted.ALL


USUAL = Manner()


def thread(
    reader: Reader,
    post: PostId,
    *,
    sort: CommentSort | None,
    now: Micros,
    as_of: Micros | None = None,
    manner: Manner = USUAL,
) -> ThreadView:
    """Read a post with all its comments.

    Args:
        reader: one snapshot.
        post: the post.
        sort: None for what fits: as shown, where it was imported, else hot. Where nothing was imported, as shown means
            `manner.later`.
        now: the time of asking.
        as_of: show what was known here by then, in the edition of then, as seen then. What was deleted or removed
            since stays so; votes are those of now.
        manner: what else a form wants.

    Raises:
        NotFound: `couldnt_find_post`.
        Invalid: `not_known_then`: the post became known here after `as_of`.
    """
    head = head_of_post(reader, post, as_of=as_of)
    moment = now if as_of is None else as_of
    chosen, sorts = offered_sorts(head, sort, manner.later)
    ordered = reading_order(nodes(reader, head, as_of=as_of), sort_key(chosen, later=manner.later, now=moment))
    if as_of is not None:
        ordered = counted(ordered)
    view, comments = _with_texts(reader, head, ordered, as_of=as_of, wanted=manner.wanted)
    if as_of is not None:
        view = _counted_post(view, comments)
    return ThreadView(view, comments, sort=chosen, sorts=sorts, as_of=moment)


def lone_post(reader: Reader, post: PostId) -> PostView:
    """Read a post without its comments.

    Raises:
        NotFound: `couldnt_find_post`.
    """
    return head_of_post(reader, post).view()


def branch(
    reader: Reader,
    comment: CommentId,
    *,
    sort: CommentSort | None,
    now: Micros,
    manner: Manner = USUAL,
) -> ThreadView:
    """Read a comment with all below it: a thread whose `root` it is. For the arguments see `thread`.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    head = head_of_comment(reader, comment)
    chosen, sorts = offered_sorts(head, sort, manner.later)
    below = nodes_below(reader, head, comment)
    root = next(node for node in below if node[0] == comment)
    ordered = [root, *reading_order(below, sort_key(chosen, later=manner.later, now=now), root=comment)]
    view, comments = _with_texts(reader, head, ordered, wanted=manner.wanted)
    return ThreadView(view, comments, sort=chosen, sorts=sorts, as_of=now, root=comment)


def reply(reader: Reader, comment: CommentId) -> ReplyView:
    """Read one comment with what it answers.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    head = head_of_comment(reader, comment)
    view, found = _with_texts(reader, head, node_with_parent(reader, head, comment))
    return ReplyView(view, comment=found[0], parent=found[1] if len(found) > 1 else None)


def offered_sorts(
    head: Head, asked: CommentSort | None, later: CommentSort
) -> tuple[CommentSort, tuple[CommentSort, ...]]:
    """Give the sort to use, and those that the thread offers, its default first."""
    sorts = (CommentSort.SHOWN, *_SORTS) if head.imported else _SORTS
    wish = later if asked is CommentSort.SHOWN and not head.imported else asked
    return sorts[0] if wish is None or wish not in sorts else wish, sorts


def _with_texts(
    reader: Reader,
    head: Head,
    ordered: Sequence[Node],
    *,
    as_of: Micros | None = None,
    wanted: Wanted = Wanted.ALL,
) -> tuple[PostView, tuple[CommentView, ...]]:
    wide = texts(reader, [node[0] for node in ordered], as_of=as_of, wanted=wanted)
    people = authors(reader, [node[2] for node in ordered], head.community.id)
    return head.view(), comment_views(head, ordered, wide, people)


def _counted_post(post: PostView, comments: Sequence[CommentView]) -> PostView:
    """Reckon the post's counters anew from what is there."""
    present = [comment for comment in comments if comment.absence is Absence.PRESENT]
    newest = max((comment.published for comment in present), default=post.published)
    return replace(post, comments=len(present), newest_comment=max(newest, post.published))
