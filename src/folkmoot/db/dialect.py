"""What differs between SQLite and PostgreSQL, each behind a name?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """One database's way of saying what has no common words.

    There is one of each, so they are compared by identity. `tokens` are what migrations write as `$name`.
    """

    name: Literal["sqlite", "postgresql"]
    tokens: Mapping[str, str]
    _among: str
    _first_of_each: str
    _sorted_apart: str

    def among(self, column: str, param: str) -> str:
        """Give the condition that a column is in a list.

        Args:
            column: as it stands in the statement, such as `c.comment_id`.
            param: the name of a parameter that is a list of ints, or a list of texts.
        """
        return self._among.format(column=column, param=param)

    def first_of_each(self, table: str, alias: str, key: str, chosen: str) -> str:
        """Give a join with few rows of a table for each row so far.

        Args:
            table: the table that is joined.
            alias: what it is called in the statement.
            key: its primary key, of one column.
            chosen: which rows, in which order and how many: what follows `where` in a select from the table as `x`;
                it may name the tables before.
        """
        return self._first_of_each.format(table=table, alias=alias, key=key, chosen=chosen)

    def merged(self, selects: Sequence[str], *, by: str, limit: str) -> str:
        """Give the first rows of several selects together, each of which an index gives in order.

        They are merged as far as rows are taken. PostgreSQL has to be told, or it may sort them all.

        Args:
            selects: one or more, without `order by` and `limit`.
            by: what stands behind `order by`: places of columns.
            limit: a parameter or a number.
        """
        if len(selects) == 1:
            return f"{selects[0]} order by {by} limit {limit}"
        apart = " union all ".join(self._sorted_apart.format(select=one, by=by, limit=limit) for one in selects)
        return f"{apart} order by {by} limit {limit}"


SQLITE = Dialect(
    name="sqlite",
    tokens={"key": "text", "micros": "integer", "strict": "strict", "no_rowid": ", without rowid"},
    _among="{column} in (select value from json_each(:{param}))",
    _first_of_each="cross join {table} {alias} on {alias}.{key} in (select x.{key} from {table} x where {chosen})",
    _sorted_apart="{select}",
)

POSTGRESQL = Dialect(
    name="postgresql",
    tokens={"key": 'text collate "C"', "micros": "bigint", "strict": "", "no_rowid": ""},
    _among="{column} = any(:{param})",
    _first_of_each="cross join lateral (select x.* from {table} x where {chosen}) {alias}",
    _sorted_apart="({select} order by {by} limit {limit})",
)
