"""What follows when a post or comment goes or comes back? Flags, counters and the fact, the same for all who do it."""

from folkmoot.db.base import Tx
from folkmoot.model.ids import Micros, PersonId
from folkmoot.model.journal import CommentDeleted, CommentRemoved, PostDeleted, PostRemoved
from folkmoot.store import comments, communities, people, posts
from folkmoot.store.comments import CommentRow
from folkmoot.store.posts import PostRow


def delete_post(tx: Tx, post: PostRow, *, deleted: bool) -> bool:
    """Let a post be deleted or not.

    Returns:
        False where it was so already; then nothing was written.
    """
    if post.deleted == deleted:
        return False
    _place_post(tx, post, deleted=deleted, removed=post.removed)
    tx.record(PostDeleted(post.id, post.community, deleted))
    return True


def remove_post(tx: Tx, post: PostRow, by: PersonId | None, *, removed: bool) -> bool:
    """Let a post be removed or not.

    Returns:
        False where it was so already; then nothing was written.
    """
    if post.removed == removed:
        return False
    _place_post(tx, post, deleted=post.deleted, removed=removed)
    tx.record(PostRemoved(post.id, post.community, by, removed))
    return True


def delete_comment(tx: Tx, comment: CommentRow, *, deleted: bool) -> bool:
    """Let a comment be deleted or not.

    Returns:
        False where it was so already; then nothing was written.
    """
    if comment.deleted == deleted:
        return False
    _place_comment(tx, comment, deleted=deleted, removed=comment.removed)
    tx.record(CommentDeleted(comment.id, comment.post, deleted))
    return True


def remove_comment(tx: Tx, comment: CommentRow, by: PersonId | None, *, removed: bool) -> bool:
    """Let a comment be removed or not.

    Returns:
        False where it was so already; then nothing was written.
    """
    if comment.removed == removed:
        return False
    _place_comment(tx, comment, deleted=comment.deleted, removed=removed)
    tx.record(CommentRemoved(comment.id, comment.post, by, removed))
    return True


def _place_post(tx: Tx, post: PostRow, *, deleted: bool, removed: bool) -> None:
    before, after = not (post.deleted or post.removed), not (deleted or removed)
    since = _since(tx, post.gone_since, present=after)
    posts.mark_gone(tx, post.id, deleted=deleted, removed=removed, gone_since=since)
    if after != before:
        change = after - before
        communities.count(tx, post.community, posts=change)
        people.count_posts(tx, post.author, change)


def _place_comment(tx: Tx, comment: CommentRow, *, deleted: bool, removed: bool) -> None:
    before, after = not (comment.deleted or comment.removed), not (deleted or removed)
    since = _since(tx, comment.gone_since, present=after)
    comments.mark_gone(tx, comment.id, deleted=deleted, removed=removed, gone_since=since)
    change = after - before
    posts.count_gone(tx, comment.post, change)
    if change:
        communities.count_comments(tx, comment.community, change)
        people.count_comments(tx, comment.author, change)


def _since(tx: Tx, before: Micros | None, *, present: bool) -> Micros | None:
    if present:
        return None
    return tx.now if before is None else before
