"""What may a query or a command do in a PostgreSQL transaction?"""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg

from folkmoot.db.base import Clock, Param, Value
from folkmoot.db.dialect import POSTGRESQL, Dialect
from folkmoot.db.facts import encoded
from folkmoot.db.faults import ConstraintFault, StorageFault, TooLong
from folkmoot.db.params import numbered, postgresql_params
from folkmoot.db.postgresql_statements import Connection
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact


class PostgresqlTx:
    """One command's transaction, which begins with its first statement."""

    __slots__ = ("_clock", "_connection", "_now")
    dialect: Dialect = POSTGRESQL

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._now: Micros | None = None

    @property
    def now(self) -> Micros:
        if self._now is None:
            newest = self.value("select at from journal order by seq desc limit 1")
            self._now = self._clock() if newest is None else max(self._clock(), Micros(newest))
        return self._now

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        text, names = numbered(sql)
        return self._connection.statements.rows(text, postgresql_params(names, params))

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        text, names = numbered(sql)
        return self._connection.statements.row(text, postgresql_params(names, params))

    def value(self, sql: str, **params: Param) -> Any:  # noqa: ANN401 -- the column says what it is
        row = self.row(sql, **params)
        return None if row is None else row[0]

    def run(self, sql: str, **params: Param) -> int:
        text, names = numbered(sql)
        return self._connection.statements.run(text, postgresql_params(names, params))

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]]) -> None:
        text, names = numbered(sql)
        self._connection.statements.begin_now()
        with self._connection.cursor() as cursor:
            cursor.executemany(text.encode(), (postgresql_params(names, row) for row in rows))

    def next_ids(self, kind: str, count: int = 1) -> int:
        try:
            return int(self.value("select folkmoot_next_ids(:kind, :count)", kind=kind, count=count))
        except psycopg.errors.UndefinedTable as error:
            raise KeyError(kind) from error

    def record(self, fact: Fact) -> None:
        kind, body = encoded(fact)
        self.run("insert into journal (at, kind, body) values (:at, :kind, :body)", at=self.now, kind=kind, body=body)

    def forget(self) -> None:
        """Leave it to the server: what was overwritten goes with its next vacuum, and is in no dump from now on."""

    def end(self) -> None:
        """Make a transaction that somebody kept unusable: what it does now would be another one's."""
        del self._connection


def fault_from(error: psycopg.Error) -> Exception:
    """Say in our words what PostgreSQL's error means; one that is a bug of the statement stays as it is."""
    if isinstance(error, psycopg.IntegrityError):
        return ConstraintFault(str(error))
    if isinstance(error, psycopg.errors.QueryCanceled | psycopg.errors.IdleInTransactionSessionTimeout):
        return TooLong(str(error))
    if isinstance(error, psycopg.OperationalError | psycopg.InternalError):
        return StorageFault(f"{type(error).__name__}: {error}")
    return error
