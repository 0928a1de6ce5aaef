"""What was said about this post? A thread or a branch of it, in four statements whatever its size."""

from collections.abc import Sequence
from dataclasses import replace

from folkmoot.db.base import Reader
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries.comments import comment_views, nodes, texts
from folkmoot.queries.heads import Head, head_of_comment, head_of_post
from folkmoot.queries.people import authors
from folkmoot.queries.tree import Node, branch_below, counted, reading_order, sort_key
from folkmoot.queries.views import Absence, CommentSort, CommentView, PostView, ReplyView, ThreadView

_SORTS = (CommentSort.HOT, CommentSort.TOP, CommentSort.NEW, CommentSort.OLD, CommentSort.CONTROVERSIAL)


def thread(
    reader: Reader,
    post: PostId,
    *,
    sort: CommentSort | None,
    now: Micros,
    as_of: Micros | None = None,
    later: CommentSort = CommentSort.HOT,
) -> ThreadView:
    """Read a post with all its comments.

    Args:
        reader: one snapshot.
        post: the post.
        sort: None for what fits: as shown, where it was imported, else hot. One that the thread does not offer counts
            as none.
        now: the time of asking.
        as_of: show what was known here by then, in the edition of then, as seen then. What was deleted or removed
            since stays so; votes are those of now.
        later: where the sort is as shown, how to sort what the file did not hold.

    Raises:
        NotFound: `couldnt_find_post`.
        Invalid: `not_known_then`: the post became known here after `as_of`.
    """
    head = head_of_post(reader, post, as_of=as_of)
    moment = now if as_of is None else as_of
    chosen, sorts = _sorts(head, sort)
    ordered = reading_order(nodes(reader, head, as_of=as_of), sort_key(chosen, later=later, now=moment))
    if as_of is not None:
        ordered = counted(ordered)
    view, comments = _with_texts(reader, head, ordered, as_of=as_of)
    if as_of is not None:
        view = _counted_post(view, comments)
    return ThreadView(view, comments, sort=chosen, sorts=sorts, as_of=moment)


def branch(reader: Reader, comment: CommentId, *, sort: CommentSort | None, now: Micros) -> ThreadView:
    """Read a comment with all below it: a thread whose `root` it is.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    head = head_of_comment(reader, comment)
    chosen, sorts = _sorts(head, sort)
    whole = reading_order(nodes(reader, head), sort_key(chosen, later=CommentSort.HOT, now=now))
    view, comments = _with_texts(reader, head, _found(branch_below(whole, comment)))
    return ThreadView(view, comments, sort=chosen, sorts=sorts, as_of=now, root=comment)


def reply(reader: Reader, comment: CommentId) -> ReplyView:
    """Read one comment with what it answers.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    head = head_of_comment(reader, comment)
    by_id = {node.comment: node for node in nodes(reader, head)}
    [node] = _found([by_id[comment]] if comment in by_id else [])
    above = [] if node.parent is None else [by_id[node.parent]]
    view, comments = _with_texts(reader, head, [node, *above])
    return ReplyView(view, comment=comments[0], parent=comments[1] if above else None)


def _sorts(head: Head, asked: CommentSort | None) -> tuple[CommentSort, tuple[CommentSort, ...]]:
    """The sort to use, and those that the thread offers, its default first."""
    sorts = (CommentSort.SHOWN, *_SORTS) if head.imported else _SORTS
    return sorts[0] if asked is None or asked not in sorts else asked, sorts


def _with_texts(
    reader: Reader, head: Head, ordered: Sequence[Node], *, as_of: Micros | None = None
) -> tuple[PostView, tuple[CommentView, ...]]:
    wide = texts(reader, [node.comment for node in ordered], as_of=as_of)
    people = authors(reader, [head.author, *(node.author for node in ordered)], head.community.id)
    return head.view(people[head.author]), comment_views(head, ordered, wide, people)


def _found(found: Sequence[Node]) -> Sequence[Node]:
    if not found:
        raise NotFound("couldnt_find_comment")
    return found


def _counted_post(post: PostView, comments: Sequence[CommentView]) -> PostView:
    """Reckon the post's counters anew from what is there."""
    present = [comment for comment in comments if comment.absence is Absence.PRESENT]
    newest = max((comment.published for comment in present), default=post.published)
    return replace(post, comments=len(present), newest_comment=max(newest, post.published))
