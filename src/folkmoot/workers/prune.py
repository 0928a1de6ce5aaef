"""What is past its time? Facts that every follower has seen, and that are old enough."""

from folkmoot.db.base import Db
from folkmoot.db.journal import prune_journal

PORTION = 500


def prune_facts(db: Db) -> bool:
    """Drop a portion of old facts from the journal; say whether there are more."""
    return db.write(lambda tx: prune_journal(tx, PORTION), background=True) == PORTION
