"""How does a statement reach PostgreSQL at the least cost? Prepared when it is met, sent and awaited in one call.

A cursor of psycopg can do much that no query here needs: the least statement takes 27 µs of this process with it, and 8
so (`docs/decisions/0034-short-ways-to-postgresql.md`). Values are adapted by psycopg all the same, always as binary.
What begins a transaction travels with its first statement (`docs/decisions/0041-one-journey-a-read.md`).
"""

import select
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

KEPT = 300
"""Prepared statements of each connection; what was not asked for the longest time goes first."""

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection as psycopg has it, and the short way to it."""

    @cached_property
    def statements(self) -> "Statements":
        """The statements of the house."""
        return Statements(self)


class Statements:
    """The statements of one connection, which one thread at a time uses."""

    __slots__ = ("_arrives", "_begin", "_connection", "_known", "_made", "_pgconn", "_values", "began")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._values = Transformer.from_context(connection)
        self._known: OrderedDict[tuple[str, tuple[int, ...]], bytes] = OrderedDict()
        self._made = 0
        self._begin: bytes | None = None
        self.began = False
        self._arrives: select.poll | None = None

    def begin(self, sql: bytes) -> None:
        """Begin a transaction together with the next statement; `began` says whether the server has done so."""
        self._begin, self.began = sql, False

    def begin_now(self) -> None:
        """Begin what is not begun yet, for who goes another way to the server than the one here."""
        begin, self._begin = self._begin, None
        if begin is not None:
            self.tell(begin)
            self.began = True

    def forget_begin(self) -> None:
        """Take back a `begin` that no statement followed."""
        self._begin = None

    def tell(self, sql: bytes) -> None:
        """Run a statement that has neither parameters nor an answer."""
        self._checked(self._pgconn.exec_(sql))

    def rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement and give all rows of its answer."""
        result = self._asked(sql, params)
        self._values.set_pgresult(result)
        rows = self._values.load_rows(0, result.ntuples, tuple)
        self._values.set_pgresult(None)  # it may have megabytes
        return rows

    def row(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """Run a statement and give the first row of its answer."""
        result = self._asked(sql, params)
        if result.ntuples == 0:
            return None
        self._values.set_pgresult(result)
        return self._values.load_rows(0, 1, tuple)[0]

    def run(self, sql: str, params: Sequence[Any]) -> int:
        """Run a statement and give how many rows it inserted, changed or deleted."""
        return self._asked(sql, params).command_tuples or 0

    def _asked(self, sql: str, params: Sequence[Any]) -> PGresult:
        values = self._values
        dumped = values.dump_sequence(params, [PyFormat.AUTO] * len(params))
        key = sql, values.types or ()
        name = self._known.get(key)
        if name is None:
            name = self._prepared(key)
        else:
            self._known.move_to_end(key)
        if self._begin is not None:
            return self._checked(self._begun_with(name, dumped))
        send = self._pgconn.exec_prepared
        result = send(name, dumped, values.formats, Format.BINARY)  # type: ignore[arg-type] # a value may be null
        return self._checked(result)

    def _begun_with(self, name: bytes, dumped: Sequence[Any]) -> PGresult:
        """Send what begins the transaction and its first statement in one journey; give what came of it."""
        begin, self._begin = self._begin or b"", None
        pgconn = self._pgconn
        pgconn.enter_pipeline_mode()
        pgconn.send_query_params(begin, None)
        pgconn.send_query_prepared(name, dumped, self._values.formats, Format.BINARY)
        pgconn.pipeline_sync()
        begun, answer = self._next(), self._next()
        self._next()  # of the synchronisation
        pgconn.exit_pipeline_mode()
        self.began = begun.status == ExecStatus.COMMAND_OK
        return answer if self.began else begun

    def _next(self) -> PGresult:
        """Wait for the next result; others run meanwhile, which `get_result` would not let them."""
        pgconn, arrives = self._pgconn, self._arrives
        if arrives is None:
            arrives = self._arrives = select.poll()
            arrives.register(pgconn.socket, select.POLLIN)
        while True:
            while pgconn.is_busy():
                arrives.poll()
                pgconn.consume_input()
            result = pgconn.get_result()
            if result is not None:
                return result

    def _prepared(self, key: tuple[str, tuple[int, ...]]) -> bytes:
        if len(self._known) >= KEPT:
            _, oldest = self._known.popitem(last=False)
            self.tell(b"deallocate " + oldest)
        self._made += 1
        name = b"folkmoot_%d" % self._made
        self._checked(self._pgconn.prepare(name, key[0].encode(), key[1]))
        self._known[key] = name
        return name

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _DONE:
            return result
        if self._connection.broken:
            raise psycopg.OperationalError(result.get_error_message())
        raise psycopg.errors.error_from_result(result)
