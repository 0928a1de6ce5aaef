"""PostgreSQL as a `Db`: a pool of connections, a transaction for each command, done again where another was quicker."""

import asyncio
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import PoolClosed, PoolTimeout

from folkmoot.db.base import Clock, R, Stats, Tx
from folkmoot.db.dialect import POSTGRESQL, Dialect
from folkmoot.db.faults import ClosedFault, StorageFault, UncertainFault
from folkmoot.db.postgresql_connections import BEGIN_WRITE, CONNECT_S, pool_of
from folkmoot.db.postgresql_reads import Habits, PostgresqlRead
from folkmoot.db.postgresql_statements import Connection
from folkmoot.db.postgresql_tx import PostgresqlTx, fault_from
from folkmoot.db.read_threads import ReadThreads

RETRIES = 3
RETRY_AFTER_S = 0.02
SWITCH_INTERVAL_S = 0.0005
"""A thread that is busy in Python keeps the others waiting for so long, after every answer of the server."""

_RETRIED = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected, psycopg.errors.UniqueViolation)
"""The last one: somebody made the same thing meanwhile. Done again, the command finds it and can say so."""
_OUTSIDE = (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)


class _NeverBegun(Exception):
    """The connection was dead before the transaction began, so the command has left nothing and can run again."""


class PostgresqlDb:
    """A database on a server. Any number of processes and machines may have it open."""

    dialect: Dialect = POSTGRESQL
    reads_inline = False

    def __init__(self, dsn: str, *, clock: Clock, connections: int) -> None:
        """Open a database that is migrated already.

        Args:
            dsn: `postgresql://…`.
            clock: asked once for each command, in whatever thread runs it.
            connections: at most so many of this process. Half of them write at most, and a quarter in the background,
                so that readers find one.
        """
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._clock = clock
        self._stats = Stats()
        self._counting = threading.Lock()
        self._thread = threading.local()
        self._habits = Habits()
        self._pool = pool_of(dsn, connections)
        self._readers = ReadThreads(max(1, connections * 3 // 4))
        self._urgent = ThreadPoolExecutor(max(1, connections // 2), thread_name_prefix="folkmoot-write")
        self._background = ThreadPoolExecutor(max(1, connections // 4), thread_name_prefix="folkmoot-background")

    def read(self) -> PostgresqlRead:
        return PostgresqlRead(self, self._habits)

    def apart(self, work: Callable[[], R]) -> "asyncio.Future[R]":
        return self._readers.submit(partial(self._habits.twice, work))

    def write(self, work: Callable[[Tx], R], *, background: bool = False) -> R:
        if background:
            return self.write_soon(work, background=True).result()
        return self._perform(work)

    def write_soon(self, work: Callable[[Tx], R], *, background: bool = False) -> Future[R]:
        try:
            return (self._background if background else self._urgent).submit(self._perform, work)
        except RuntimeError as error:
            raise ClosedFault("the database is closed") from error

    def write_async(self, work: Callable[[Tx], R], *, background: bool = False) -> "asyncio.Future[R]":
        return asyncio.wrap_future(self.write_soon(work, background=background))

    def stats(self) -> Stats:
        return replace(self._stats)

    def close(self) -> None:
        self._readers.close()
        self._urgent.shutdown()
        self._background.shutdown()
        self._pool.close()

    def _perform(self, work: Callable[[Tx], R]) -> R:
        began = time.perf_counter()
        retries = 0
        while True:
            try:
                result = self._tried(work)
            except StorageFault as fault:
                if retries == RETRIES or not isinstance(fault.__cause__, _RETRIED):
                    self._count(began, retries=retries, faults=1)
                    raise
                retries += 1
                time.sleep(random.uniform(0, RETRY_AFTER_S * retries))  # noqa: S311 -- so that two do not meet again
            else:
                self._count(began, retries=retries)
                return result

    def _tried(self, work: Callable[[Tx], R]) -> R:
        """Run it on a connection that lives. After a restart of the server all that the pool holds are dead."""
        if getattr(self._thread, "writes", False):
            raise RuntimeError("a command may not run another one; it would not be one transaction")
        for _ in range(self.most + 1):
            with suppress(_NeverBegun), self._transaction() as connection:
                self._thread.writes = True
                tx = PostgresqlTx(connection, self._clock)
                try:
                    result = work(tx)
                finally:
                    self._thread.writes = False
                    tx.end()
                _commit(connection)
                return result
        raise StorageFault("PostgreSQL drops every connection")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Lend a connection whose first statement begins a transaction, which is undone unless it was committed."""
        connection = self.lend(wait_s=CONNECT_S)
        connection.statements.begin(BEGIN_WRITE)
        try:
            yield connection
        except psycopg.Error as error:
            if connection.closed and not connection.statements.began:
                raise _NeverBegun from error
            if isinstance(error, psycopg.errors.QueryCanceled):
                connection.close()  # it may have kept a lock of its session
            raise fault_from(error) from error
        finally:
            self.take_back(connection)

    @property
    def most(self) -> int:
        return self._pool.max_size

    def lend(self, *, wait_s: float) -> Connection:
        try:
            return self._pool.getconn(timeout=wait_s)
        except PoolClosed as error:
            raise ClosedFault("the database is closed") from error
        except PoolTimeout as error:
            raise StorageFault("no connection to PostgreSQL") from error

    def take_back(self, connection: Connection) -> None:
        connection.statements.forget_begin()
        if connection.pgconn.transaction_status not in _OUTSIDE:
            with suppress(psycopg.Error):
                connection.statements.tell(b"rollback")
        self._pool.putconn(connection)

    def _count(self, began: float, *, retries: int, faults: int = 0) -> None:
        spent_s = time.perf_counter() - began
        with self._counting:
            seen = self._stats
            seen.commands += 1
            seen.batches += 1
            seen.retries += retries
            seen.faults += faults
            seen.held_s += spent_s
            seen.held_max_s = max(seen.held_max_s, spent_s)


def _commit(connection: Connection) -> None:
    if not connection.statements.began:  # no statement, nothing to keep
        return
    if connection.pgconn.transaction_status != TransactionStatus.INTRANS:
        raise StorageFault("a statement failed, and the command went on; PostgreSQL would answer a commit by undoing")
    try:
        connection.statements.tell(b"commit")
    except psycopg.OperationalError as error:
        if connection.broken:
            raise UncertainFault("the server was lost while it committed") from error
        raise
