"""How does a command keep a row to itself until it is done? On PostgreSQL by a row lock; SQLite has one writer."""

from folkmoot.db.base import Reader


def row_lock(tx: Reader) -> str:
    """Give the end of a `select` that locks its rows against other writers, not against foreign keys.

    Commands take these in the order community, post, comment, person, so that no two wait for each other.
    """
    return " for no key update" if tx.dialect.name == "postgresql" else ""
