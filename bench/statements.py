"""Which statements did an answer run, and what do they cost bare?

They are taken down from the application in this process, which gives the same answer as the server does. Bare means: on
one connection with the house's settings, prepared, the rows fetched and dropped; in a transaction, but for a single
statement on PostgreSQL, which needs none there.
"""

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.in_process import InProcess
from bench.processes import cpu_s
from bench.servers import database_server
from bench.states import State
from folkmoot.db.base import Clock, Db, Param, Reader
from folkmoot.db.core import CACHE_BYTES, is_postgresql, open_db
from folkmoot.db.dialect import Dialect
from folkmoot.db.params import numbered, postgresql_params, sqlite_params

_REPEATS_TO_PREPARE = 6
_FOLLOWED = re.compile(r"\bjournal\b|\bpg_(current_)?snapshot")


@dataclass(slots=True)
class Statements:
    """What one answer asked of the database, and how many rows it got."""

    asked: list[tuple[str, dict[str, Param]]] = field(default_factory=list)
    rows: int = 0


class _NotingReader:
    """A reader that takes down what it is asked."""

    def __init__(self, reader: Reader, notes: Statements) -> None:
        self._reader = reader
        self._notes = notes

    @property
    def dialect(self) -> Dialect:
        return self._reader.dialect

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        found = self._reader.rows(sql, **dict(params))
        self._noted(sql, params, len(found))
        return found

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        found = self._reader.row(sql, **dict(params))
        self._noted(sql, params, found is not None)
        return found

    def value(self, sql: str, **params: Param) -> Any:  # noqa: ANN401 -- as a reader gives it
        found = self._reader.value(sql, **dict(params))
        self._noted(sql, params, 1)
        return found

    def _noted(self, sql: str, params: dict[str, Param], rows: int) -> None:
        if _FOLLOWED.search(sql):  # by the follower of the journal, whoever asks for a page meanwhile
            return
        self._notes.asked.append((sql, params))
        self._notes.rows += rows


class _NotingDb:
    """A database whose readers take down what they are asked."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.notes = Statements()

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        with self._db.read() as reader:
            yield _NotingReader(reader, self.notes)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a database has
        return getattr(self._db, name)


class Recorder:
    """The web application in this process, asked instead of the server."""

    def __init__(self, dsn: str, clock: Clock, state: State) -> None:
        self._times = 1 if state is State.COLD else 3
        self._noting = _NotingDb(open_db(dsn, clock=clock, migrate=False))
        self._site = InProcess(self._noting, dsn, state)
        self._site.__enter__()

    def statements(self, path: str, headers: Mapping[str, str]) -> Statements:
        """Give what an answer asked. With caches, the third of three to the same request: they are warm then."""
        for _ in range(self._times):
            self._noting.notes = Statements()
            self._site.ask(path, headers)
        return self._noting.notes

    def close(self) -> None:
        """End the application, which closes its database."""
        self._site.__exit__()


class Bare:
    """A connection to run statements on, and nothing around it."""

    def __init__(self, dsn: str) -> None:
        self._run, self._prepared, self._close = _postgresql(dsn) if is_postgresql(dsn) else _sqlite(dsn)
        self._servers = database_server(dsn)

    def cost_us(self, statements: Statements, seconds: float) -> float:
        """Run an answer's statements again and again for so long; give the CPU time of one answer, server included."""
        if not statements.asked:
            return 0.0
        prepared = [self._prepared(sql, params) for sql, params in statements.asked]
        for _ in range(_REPEATS_TO_PREPARE):
            self._run(prepared)
        times = 0
        end = time.perf_counter() + seconds
        theirs = cpu_s(self._servers)  # before ours, for looking costs something, too
        ours = time.process_time()
        while times == 0 or time.perf_counter() < end:
            self._run(prepared)
            times += 1
        return (time.process_time() - ours + cpu_s(self._servers) - theirs) / times * 1e6

    def close(self) -> None:
        self._close()


Prepared = tuple[Any, Any]
Bound = tuple[Callable[[list[Prepared]], None], Callable[[str, dict[str, Param]], Prepared], Callable[[], None]]


def _sqlite(dsn: str) -> Bound:
    from folkmoot.db.sqlite_files import connected  # noqa: PLC0415 -- only one of the two drivers is needed

    connection = connected(Path(dsn), cache_bytes=CACHE_BYTES // 2, read_only=True)

    def run(prepared: list[Prepared]) -> None:
        connection.execute("begin")
        for sql, params in prepared:
            connection.execute(sql, params).fetchall()
        connection.execute("rollback")

    return run, lambda sql, params: (sql, sqlite_params(dict(params))), connection.close


def _postgresql(dsn: str) -> Bound:
    from folkmoot.db.postgresql_connections import BEGIN_READ, SESSION, connected  # noqa: PLC0415 -- as above

    connection = connected(dsn)
    connection.execute(SESSION.encode())
    statements = connection.statements

    def run(prepared: list[Prepared]) -> None:
        if len(prepared) > 1:
            statements.begin(BEGIN_READ)
        for sql, params in prepared:
            statements.rows(sql, params)
        if len(prepared) > 1:
            statements.tell(b"rollback")

    def prepared(sql: str, params: dict[str, Param]) -> Prepared:
        text, names = numbered(sql)
        return text, postgresql_params(names, params)

    return run, prepared, connection.close
