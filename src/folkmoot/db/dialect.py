"""What differs between SQLite and PostgreSQL, each behind a name?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way of saying what has no common words.

    `tokens` are what migrations write as `$name`.
    """

    name: Literal["sqlite", "postgresql"]
    tokens: Mapping[str, str]
    _among: str

    def among(self, column: str, param: str) -> str:
        """Give the condition that a column is in a list.

        Args:
            column: as it stands in the statement, such as `c.comment_id`.
            param: the name of a parameter that is a list of ints, or a list of texts.
        """
        return self._among.format(column=column, param=param)


SQLITE = Dialect(
    name="sqlite",
    tokens={"key": "text", "micros": "integer", "strict": "strict", "no_rowid": ", without rowid"},
    _among="{column} in (select value from json_each(:{param}))",
)

POSTGRESQL = Dialect(
    name="postgresql",
    tokens={"key": 'text collate "C"', "micros": "bigint", "strict": "", "no_rowid": ""},
    _among="{column} = any(:{param})",
)
