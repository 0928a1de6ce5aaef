"""How does a command keep a row to itself until it is done? On PostgreSQL by a row lock; SQLite has one writer.

Commands take these in the order community, post, comment, person, so that no two wait for each other.
"""

from folkmoot.db.base import Reader, Tx
from folkmoot.db.dialect import POSTGRESQL
from folkmoot.model.ids import CommentId, CommunityId, PostId


def row_lock(tx: Reader, table: str) -> str:
    """Give the end of a `select` that locks the rows of one of its tables against other writers, not foreign keys."""
    return f" for no key update of {table}" if tx.dialect is POSTGRESQL else ""


def free_rows_lock(tx: Reader, table: str) -> str:
    """Give the end of a `select` that locks the rows of one of its tables, and leaves out those that are locked."""
    return f" for no key update of {table} skip locked" if tx.dialect is POSTGRESQL else ""


_COMMUNITY_POSTGRESQL = "select 1 from community where id = :community for no key update"
_POST_POSTGRESQL = "select 1 from post_rank where post_id = :post for no key update"

# Each of these locks from top to bottom, in one journey: a row is joined to the one above it, which was locked before.
_COMMUNITY_AND_POST_POSTGRESQL = """
    with place as materialized (
        select id from community where id = (select community_id from post_rank where post_id = :post) for no key update
    )
    select 1 from place join post_rank r on r.community_id = place.id where r.post_id = :post for no key update of r
"""
_POST_AND_COMMENT_POSTGRESQL = """
    with thread as materialized (
        select post_id from post_rank where post_id = (select post_id from comment_node where comment_id = :comment)
        for no key update
    )
    select 1 from thread join comment_node n on n.post_id = thread.post_id where n.comment_id = :comment
    for no key update of n
"""
_ALL_THREE_POSTGRESQL = """
    with place as materialized (
        select id from community where id = (select community_id from comment_node where comment_id = :comment)
        for no key update
    ), thread as materialized (
        select r.post_id from place join post_rank r on r.community_id = place.id
        where r.post_id = (select post_id from comment_node where comment_id = :comment) for no key update of r
    )
    select 1 from thread join comment_node n on n.post_id = thread.post_id where n.comment_id = :comment
    for no key update of n
"""


def lock_community(tx: Tx, community: CommunityId) -> None:
    """Lock a community."""
    if tx.dialect is POSTGRESQL:
        tx.rows(_COMMUNITY_POSTGRESQL, community=community)


def lock_post(tx: Tx, post: PostId, *, community: bool) -> None:
    """Lock a post, and its community where that is wanted. A thing never moves: whose it is can be read before."""
    if tx.dialect is POSTGRESQL:
        tx.rows(_COMMUNITY_AND_POST_POSTGRESQL if community else _POST_POSTGRESQL, post=post)


def lock_comment(tx: Tx, comment: CommentId, *, community: bool) -> None:
    """Lock a comment and its post, and its community where that is wanted.

    A vote changes the post's `tree_version` too, so it would wait for that row in any case; here it does so in order.
    """
    if tx.dialect is POSTGRESQL:
        tx.rows(_ALL_THREE_POSTGRESQL if community else _POST_AND_COMMENT_POSTGRESQL, comment=comment)
