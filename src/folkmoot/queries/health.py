"""Does the database answer?"""

from folkmoot.db.base import Reader


def answers(reader: Reader) -> bool:
    """Ask for something that any database can say."""
    return bool(reader.value("select 1"))
