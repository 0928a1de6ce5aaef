"""When was it written? Here: now. There: as that instance says, within reason."""

from folkmoot.db.base import Tx
from folkmoot.model.callers import Here, There
from folkmoot.model.ids import Micros


def moment(tx: Tx, origin: Here | There) -> Micros:
    """Give the time of writing; a peer's clock may not lead ours, nor go behind 1970."""
    if isinstance(origin, There):
        return Micros(min(max(origin.published, 0), tx.now))
    return tx.now
