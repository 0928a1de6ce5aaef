"""What may a query or a command do in a SQLite transaction?"""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

import apsw

from folkmoot.db.base import Param, Value
from folkmoot.db.dialect import SQLITE, Dialect
from folkmoot.db.facts import encoded
from folkmoot.db.faults import TooLong
from folkmoot.db.params import sqlite_params
from folkmoot.db.sqlite_files import fault_from
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact

READ_LIFE_S = 5.0
_STEPS_BETWEEN_LOOKS = 20_000
"""Of SQLite's virtual machine; about a millisecond."""


class _Statements:
    """Statements on one connection. A cursor is always drained or closed: an open one holds its snapshot."""

    __slots__ = ("_connection", "_over_at")
    dialect: Dialect = SQLITE

    def __init__(self, connection: apsw.Connection, over_at: float | None = None) -> None:
        self._connection = connection
        self._over_at = over_at

    def _is_over(self) -> bool:
        return self._over_at is not None and time.monotonic() > self._over_at

    def _execute(self, sql: str, params: dict[str, Param]) -> apsw.Cursor:
        if self._over_at is not None and self._is_over():
            raise TooLong("a read lived longer than it may")
        return self._connection.execute(sql, sqlite_params(params))

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        try:
            return self._execute(sql, params).fetchall()
        except apsw.Error as error:
            raise fault_from(error) from error

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        try:
            cursor = self._execute(sql, params)
            first: tuple[Any, ...] | None = cursor.fetchone()
            cursor.close()
        except apsw.Error as error:
            raise fault_from(error) from error
        return first

    def value(self, sql: str, **params: Param) -> Any:  # noqa: ANN401 -- the column says what it is
        row = self.row(sql, **params)
        return None if row is None else row[0]


_RECORD = "insert into journal (at, kind, body) values (:at, :kind, :body)"


class SqliteTx(_Statements):
    """One command's share of the writer's transaction. What it writes goes through one cursor, which is quicker."""

    __slots__ = ("_cursor", "forgets", "now", "wrote")

    def __init__(self, connection: apsw.Connection, now: Micros) -> None:
        super().__init__(connection)
        self._cursor = connection.cursor()
        self.now = now
        self.forgets = False
        self.wrote = False

    def run(self, sql: str, **params: Param) -> int:
        self.wrote = True
        try:
            self._cursor.execute(sql, sqlite_params(params))  # without rows to come it is done then
        except apsw.Error as error:
            raise fault_from(error) from error
        return self._connection.changes()

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]]) -> None:
        self.wrote = True
        try:
            self._connection.executemany(sql, (sqlite_params(dict(row)) for row in rows)).fetchall()
        except apsw.Error as error:
            raise fault_from(error) from error

    def next_ids(self, kind: str, count: int = 1) -> int:
        # Two statements cost half of one with `returning`.
        if self.run("update counter set next = next + :count where kind = :kind", kind=kind, count=count) != 1:
            raise KeyError(kind)
        return int(self.value("select next from counter where kind = :kind", kind=kind)) - count

    def record(self, fact: Fact) -> None:
        kind, body = encoded(fact)
        self.run(_RECORD, at=self.now, kind=kind, body=body)

    def forget(self) -> None:
        self.forgets = True

    def end(self) -> None:
        """Make a transaction that somebody kept unusable: what it does now would be another command's."""
        del self._connection, self._cursor


class SqliteReader(_Statements):
    """One read transaction on a connection of its own, which is given back at the end."""

    __slots__ = ("_give_back",)

    def __init__(self, connection: apsw.Connection, give_back: Callable[[apsw.Connection], None]) -> None:
        super().__init__(connection, over_at=time.monotonic() + READ_LIFE_S)
        self._give_back = give_back

    def __enter__(self) -> Self:
        self._connection.set_progress_handler(self._is_over, _STEPS_BETWEEN_LOOKS)
        self._connection.execute("begin")
        return self

    def __exit__(self, *_: object) -> None:
        connection = self._connection
        del self._connection
        connection.set_progress_handler(None)
        if connection.in_transaction:
            connection.execute("rollback")
        self._give_back(connection)
