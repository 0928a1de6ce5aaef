"""How does a read begin? With its first statement: in a transaction, or alone where one statement is enough.

Several statements of a read must see one snapshot, so they need a transaction. One needs none, and so makes one journey
instead of three. Whether it is the only one nobody can say beforehand; its text has shown it: a list whose pieces are
kept runs one statement, again and again. A read that turns out to need more is done again from its beginning.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self, TypeVar

import psycopg

from folkmoot.db.base import Param, R
from folkmoot.db.dialect import POSTGRESQL, Dialect
from folkmoot.db.faults import StorageFault
from folkmoot.db.params import numbered, postgresql_params
from folkmoot.db.postgresql_connections import BEGIN_READ, READ_WAIT_S
from folkmoot.db.postgresql_statements import Connection, Statements
from folkmoot.db.postgresql_tx import fault_from

ALONE_AFTER = 4
"""A statement is trusted to be the only one of its read when it was so often in a row."""
REMEMBERED = 2_000
"""Texts of statements. There are a few hundred."""

A = TypeVar("A")
_Way = Callable[[Statements, str, Sequence[Any]], A]


class Lender(Protocol):
    """Who has connections."""

    def lend(self, *, wait_s: float) -> Connection:
        """Lend a connection, which may be dead."""
        ...

    def take_back(self, connection: Connection) -> None:
        """Take it back; one that is in a transaction is brought out of it, a dead one is replaced."""
        ...

    @property
    def most(self) -> int:
        """How many connections there are at most."""
        ...


class NotAlone(BaseException):
    """A statement that was trusted to be the only one of its read was not: the read must be done again.

    It is no `Exception`, for what reads must not take it for a fault of its own.
    """


class Habits:
    """Which statements were the only ones of their reads, lately? Any thread may ask."""

    def __init__(self) -> None:
        self._in_a_row: dict[str, int] = {}
        self._here = threading.local()

    def twice(self, work: Callable[[], R]) -> R:
        """Do what reads; do it again where a statement was not as alone as it was taken to be."""
        self._here.trusts = True
        try:
            return work()
        except NotAlone:
            self._here.trusts = False
            return work()
        finally:
            self._here.trusts = False

    def trusts(self, sql: str) -> bool:
        """Say whether a read that begins with it may do without a transaction: within `twice` only."""
        return getattr(self._here, "trusts", False) and self._in_a_row.get(sql, 0) >= ALONE_AFTER

    def note(self, sql: str, *, alone: bool) -> None:
        """Take note of what a read was that began with it."""
        if not alone:
            self._in_a_row.pop(sql, None)
            return
        times = self._in_a_row.get(sql, 0)
        if times < ALONE_AFTER:
            if len(self._in_a_row) >= REMEMBERED:
                self._in_a_row.clear()
            self._in_a_row[sql] = times + 1


class PostgresqlRead:
    """One read, on a connection that is lent for as long."""

    __slots__ = ("_alone", "_asked", "_connection", "_first", "_habits", "_lender", "_statements")
    dialect: Dialect = POSTGRESQL

    def __init__(self, lender: Lender, habits: Habits) -> None:
        self._lender = lender
        self._habits = habits
        self._first = ""
        self._asked = 0
        self._alone = False

    def __enter__(self) -> Self:
        self._lend()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._alone = False
        self._give_back(
            broken=isinstance(error, psycopg.errors.QueryCanceled)
        )  # it may have kept a lock of its session
        if self._asked:
            self._habits.note(self._first, alone=self._asked == 1)
        if isinstance(error, psycopg.Error):
            raise fault_from(error) from error

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        return self._answer(Statements.rows, sql, params)

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        return self._answer(Statements.row, sql, params)

    def value(self, sql: str, **params: Param) -> Any:  # noqa: ANN401 -- the column says what it is
        row = self._answer(Statements.row, sql, params)
        return None if row is None else row[0]

    def _answer(self, way: "_Way[A]", sql: str, params: dict[str, Param]) -> A:
        text, names = numbered(sql)
        values = postgresql_params(names, params)
        self._asked += 1
        if self._asked > 1:
            if self._alone:
                raise NotAlone
            return way(self._statements, text, values)
        self._first = text
        self._alone = self._habits.trusts(text)
        return self._first_answer(way, text, values)

    def _first_answer(self, way: "_Way[A]", text: str, values: Sequence[Any]) -> A:
        """Ask on a connection that lives. After a restart of the server all that there are are dead."""
        for _ in range(self._lender.most + 1):
            if not self._alone:
                self._statements.begin(BEGIN_READ)
            try:
                return way(self._statements, text, values)
            except psycopg.Error:
                if self._connection is None or not self._connection.closed:
                    raise
            self._give_back()
            self._lend()
        raise StorageFault("PostgreSQL drops every connection")

    def _lend(self) -> None:
        connection = self._lender.lend(wait_s=READ_WAIT_S)
        self._connection: Connection | None = connection
        self._statements: Statements = connection.statements

    def _give_back(self, *, broken: bool = False) -> None:
        """Let go of the connection: a read that somebody keeps longer can do nothing more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            del self._statements
            if broken:
                connection.close()
            self._lender.take_back(connection)
