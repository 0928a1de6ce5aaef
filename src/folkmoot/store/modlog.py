"""The table `modlog`: the public record of moderation, written in the deed's own transaction."""

from dataclasses import dataclass
from enum import IntEnum

from folkmoot.db.base import Tx
from folkmoot.model.ids import CommentId, CommunityId, ModlogId, PersonId, PostId


class Deed(IntEnum):
    REMOVE_POST = 1
    REMOVE_COMMENT = 2
    LOCK_POST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """`undone`: the deed takes an earlier one back. `moderator` is None for the operator."""

    deed: Deed
    undone: bool
    moderator: PersonId | None
    community: CommunityId
    post: PostId
    comment: CommentId | None = None


def insert(tx: Tx, entry: Entry, *, reason: str | None) -> None:
    tx.run(
        """
        insert into modlog (id, at, kind, undone, moderator_id, community_id, post_id, comment_id, reason)
        values (:id, :now, :kind, :undone, :moderator, :community, :post, :comment, :reason)
        """,
        id=ModlogId(tx.next_ids("modlog")),
        now=tx.now,
        kind=entry.deed,
        undone=entry.undone,
        moderator=entry.moderator,
        community=entry.community,
        post=entry.post,
        comment=entry.comment,
        reason=reason,
    )
