"""What does the house do for itself, and how often? Old facts go, long gone texts are erased, old HTML is made anew."""

from functools import partial

from folkmoot.commands.base import Command, perform
from folkmoot.commands.upkeep import EraseGone, PruneJournal, render_anew
from folkmoot.db.base import Db
from folkmoot.model.callers import OPERATOR
from folkmoot.workers.loop import Chore

HOUR_S = 3600.0
FACTS = 1_000
TEXTS = 200


def sweeping(db: Db) -> list[Chore]:
    """Give the chores of this room, each in small portions that let others write in between."""
    return [
        Chore("prune the journal", HOUR_S, partial(_portion, db, PruneJournal(FACTS), FACTS)),
        Chore("erase what is gone", HOUR_S, partial(_portion, db, EraseGone(TEXTS), 1)),
        Chore("render anew", HOUR_S, lambda: render_anew(db) > 0),
    ]


def _portion(db: Db, command: Command[int], enough: int) -> bool:
    """Do a portion; where it did enough, there is more."""
    return perform(db, OPERATOR, command, background=True) >= enough
