"""What lists are ordered by, kept right by the house: posts' ranks, and how many take part in a community."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access
from folkmoot.commands.base import Command, perform
from folkmoot.db.base import Db, Tx
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import Micros
from folkmoot.model.journal import CommunityCounted, RanksRefreshed
from folkmoot.store import participation, ranks
from folkmoot.store.participation import HOUR_MICROS, ActiveCounts

REFRESHED_AT_ONCE = 64
"""Posts a transaction: so many keep SQLite's lock for less than 5 ms, at 58 µs each on a large site."""
COUNTED_AT_ONCE = 200


@dataclass(frozen=True)
class RefreshRanks(Command[int]):
    """Reckon the ranks anew of posts whose are due; gives how many. Again until that is less than `limit`."""

    limit: int = REFRESHED_AT_ONCE

    @override
    def apply(self, tx: Tx, caller: Caller) -> int:
        access.operator(caller)
        due = ranks.due(tx, tx.now, self.limit)
        refreshed = [ranks.refreshed(post, tx.now) for post in due]
        ranks.put(tx, refreshed)
        communities = sorted({each.post.community for each in refreshed if each.reorders})
        if communities:
            tx.record(RanksRefreshed(tuple(communities)))
        return len(due)


def refresh_ranks(db: Db, now: Micros, *, limit: int = REFRESHED_AT_ONCE) -> int:
    """Refresh a portion of what is due; where nothing is, nobody's lock is taken.

    Returns:
        How many posts were due; again until that is less than `limit`.
    """
    with db.read() as reader:
        if not ranks.is_any_due(reader, now):
            return 0
    return perform(db, OPERATOR, RefreshRanks(limit), background=True)


@dataclass(frozen=True)
class CountActive(Command[None]):
    """Write down how many take part in some communities, as counted a moment ago; each is due again in an hour.

    Posts there need no new rank for it: one that is young enough for `Scaled` is due within half an hour anyway.
    """

    counts: tuple[ActiveCounts, ...]

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.operator(caller)
        in_order = sorted(self.counts)
        for counts in in_order:
            if participation.put(tx, counts):
                tx.record(CommunityCounted(counts.community))
        participation.put_due(tx, [counts.community for counts in in_order], Micros(tx.now + HOUR_MICROS))


def count_active(db: Db, now: Micros, *, limit: int = COUNTED_AT_ONCE) -> int:
    """Count in some communities that are due; without a lock, for it can take longer than anybody shall wait.

    Returns:
        How many those were; again until that is less than `limit`.
    """
    with db.read() as reader:
        counts = participation.counted(reader, participation.due(reader, now, limit), now)
    if counts:
        perform(db, OPERATOR, CountActive(tuple(counts)), background=True)
    return len(counts)
