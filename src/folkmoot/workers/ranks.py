"""What keeps lists in order while time passes? Ranks that are due, each second; who takes part where, each hour."""

from folkmoot.commands.ranks import COUNTED_AT_ONCE, REFRESHED_AT_ONCE, count_active, refresh_ranks
from folkmoot.db.base import Clock, Db
from folkmoot.workers.loop import Chore

REFRESH_EVERY_S = 1.0
COUNT_EVERY_S = 60.0
"""Each community is counted once an hour; this is how often somebody looks whose hour it is."""


def ranking(db: Db, clock: Clock) -> list[Chore]:
    """Give the chores of this room, each in small portions that let others write in between."""
    return [
        Chore("refresh ranks", REFRESH_EVERY_S, lambda: refresh_ranks(db, clock()) >= REFRESHED_AT_ONCE),
        Chore("count who is active", COUNT_EVERY_S, lambda: count_active(db, clock()) >= COUNTED_AT_ONCE),
    ]
