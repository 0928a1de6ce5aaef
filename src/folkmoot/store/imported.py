"""The table `imported`: which files stand in which community, by digest."""

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, Micros, PostId


def find(reader: Reader, digest: str, community: CommunityId) -> PostId | None:
    found = reader.value(
        "select post_id from imported where digest = :digest and community_id = :community",
        digest=digest,
        community=community,
    )
    return None if found is None else PostId(found)


def insert(tx: Tx, digest: str, post: PostId, *, community: CommunityId, read_at: Micros) -> None:
    tx.run(
        """
        insert into imported (digest, community_id, post_id, read_at, at)
        values (:digest, :community, :post, :read_at, :now)
        """,
        digest=digest,
        community=community,
        post=post,
        read_at=read_at,
        now=tx.now,
    )
