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
_COMMUNITY_OF_POST_POSTGRESQL = """
    select 1 from community where id = (select community_id from post_rank where post_id = :post) for no key update
"""
_COMMUNITY_OF_COMMENT_POSTGRESQL = """
    select 1 from community where id = (select community_id from comment_node where comment_id = :comment)
    for no key update
"""
_POST_POSTGRESQL = "select 1 from post_rank where post_id = :post for no key update"
_POST_OF_COMMENT_POSTGRESQL = """
    select 1 from post_rank where post_id = (select post_id from comment_node where comment_id = :comment)
    for no key update
"""
_COMMENT_POSTGRESQL = "select 1 from comment_node where comment_id = :comment for no key update"


def lock_community(tx: Tx, community: CommunityId) -> None:
    """Lock a community."""
    if tx.dialect is POSTGRESQL:
        tx.rows(_COMMUNITY_POSTGRESQL, community=community)


def lock_post(tx: Tx, post: PostId, *, community: bool) -> None:
    """Lock a post, and its community where that is wanted. A thing never moves: whose it is can be read before."""
    if tx.dialect is POSTGRESQL:
        if community:
            tx.rows(_COMMUNITY_OF_POST_POSTGRESQL, post=post)
        tx.rows(_POST_POSTGRESQL, post=post)


def lock_comment(tx: Tx, comment: CommentId, *, community: bool) -> None:
    """Lock a comment and its post, and its community where that is wanted."""
    if tx.dialect is POSTGRESQL:
        if community:
            tx.rows(_COMMUNITY_OF_COMMENT_POSTGRESQL, comment=comment)
        tx.rows(_POST_OF_COMMENT_POSTGRESQL, comment=comment)
        tx.rows(_COMMENT_POSTGRESQL, comment=comment)
