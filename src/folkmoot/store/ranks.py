"""The ranks in `post_rank`: which are due, and what they are from now on."""

from collections.abc import Sequence
from typing import NamedTuple

from folkmoot.db.base import Reader, Tx, Value
from folkmoot.model.ids import CommunityId, Micros, PostId
from folkmoot.model.ranking import Ranks, post_ranks
from folkmoot.store.locks import free_rows_lock


class RankedPost(NamedTuple):
    """A post with its ranks as stored, and what they follow from."""

    id: PostId
    community: CommunityId
    upvotes: int
    downvotes: int
    published: Micros
    newest_other: Micros
    active_month: int
    ranks: Ranks


class Refreshed(NamedTuple):
    """A post's ranks before and after."""

    post: RankedPost
    ranks: Ranks

    @property
    def reorders(self) -> bool:
        """Whether some list may have another order now."""
        return self.post.ranks[:-1] != self.ranks[:-1]


_DUE = """
    select r.post_id, r.community_id, r.upvotes, r.downvotes, r.published, r.newest_other, c.active_month,
        r.hot_rank, r.active_rank, r.scaled_rank, r.controversy_rank, r.top_rank, r.age_class, r.rank_due
    from post_rank r join community c on c.id = r.community_id
    where r.rank_due <= :now and r.rank_due is not null
    order by r.rank_due, r.post_id limit :limit
"""


def due(tx: Reader, now: Micros, limit: int) -> list[RankedPost]:
    """Give posts whose ranks are due, longest first; not those that another transaction is about to change."""
    rows = tx.rows(_DUE + free_rows_lock(tx, "r"), now=now, limit=limit)
    return [RankedPost._make((*row[:7], Ranks._make(row[7:]))) for row in rows]


def refreshed(post: RankedPost, now: Micros) -> Refreshed:
    """Reckon a post's ranks anew."""
    found = post_ranks(
        post.upvotes,
        post.downvotes,
        published=post.published,
        newest_other=post.newest_other,
        active_month=post.active_month,
        now=now,
    )
    return Refreshed(post, found)


def is_any_due(reader: Reader, now: Micros) -> bool:
    sql = "select 1 from post_rank where rank_due <= :now and rank_due is not null limit 1"
    return reader.value(sql, now=now) is not None


# What is not named in an update costs nothing in its indexes, so there is one for what changes together.
_PUT_DECAYED = """
    update post_rank set hot_rank = :hot, active_rank = :active, scaled_rank = :scaled, rank_due = :due
    where post_id = :post
"""
_PUT_DUE = "update post_rank set rank_due = :due where post_id = :post"
_PUT_CONTROVERSY = "update post_rank set controversy_rank = :controversy where post_id = :post"
_PUT_TOP = "update post_rank set top_rank = :top, age_class = :age_class where post_id = :post"


def put(tx: Tx, refreshed: Sequence[Refreshed]) -> None:
    """Write down what has changed."""
    decayed: list[dict[str, Value]] = []
    waiting: list[dict[str, Value]] = []
    controversy: list[dict[str, Value]] = []
    top: list[dict[str, Value]] = []
    for post, new in refreshed:
        old = post.ranks
        if old[:3] != new[:3]:
            decayed.append(
                {"post": post.id, "hot": new.hot, "active": new.active, "scaled": new.scaled, "due": new.due}
            )
        elif old.due != new.due:
            waiting.append({"post": post.id, "due": new.due})
        if old.controversy != new.controversy:
            controversy.append({"post": post.id, "controversy": new.controversy})
        if (old.top, old.age_class) != (new.top, new.age_class):
            top.append({"post": post.id, "top": new.top, "age_class": new.age_class})
    tx.run_many(_PUT_DECAYED, decayed)
    tx.run_many(_PUT_DUE, waiting)
    tx.run_many(_PUT_CONTROVERSY, controversy)
    tx.run_many(_PUT_TOP, top)
