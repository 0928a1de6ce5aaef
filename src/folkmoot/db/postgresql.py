"""PostgreSQL as a `Db`: a pool of connections, a transaction for each command, done again where another was quicker."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import PoolClosed, PoolTimeout

from folkmoot.db.base import Clock, R, Reader, Stats, Tx
from folkmoot.db.dialect import POSTGRESQL, Dialect
from folkmoot.db.faults import ClosedFault, StorageFault, UncertainFault
from folkmoot.db.postgresql_connections import Connection, pool_of
from folkmoot.db.postgresql_tx import PostgresqlReader, PostgresqlTx, fault_from

RETRIES = 3
BACKGROUND_WRITERS = 2

_BEGIN_READ = b"begin isolation level repeatable read read only"
_BEGIN_WRITE = b"begin isolation level read committed"
_RETRIED = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected, psycopg.errors.UniqueViolation)
"""The last one: somebody made the same thing meanwhile. Done again, the command finds it and can say so."""


class PostgresqlDb:
    """A database on a server. Any number of processes and machines may have it open."""

    dialect: Dialect = POSTGRESQL
    reads_inline = False

    def __init__(self, dsn: str, *, clock: Clock, connections: int) -> None:
        """Open a database that is migrated already.

        Args:
            dsn: `postgresql://…`.
            clock: asked once for each command, in whatever thread runs it.
            connections: at most so many of this process.
        """
        self._clock = clock
        self._stats = Stats()
        self._counting = threading.Lock()
        self._pool = pool_of(dsn, connections)
        self._urgent = ThreadPoolExecutor(connections, thread_name_prefix="folkmoot-write")
        self._background = ThreadPoolExecutor(
            min(BACKGROUND_WRITERS, connections), thread_name_prefix="folkmoot-background"
        )

    @contextmanager
    def read(self) -> Iterator[Reader]:
        with self._connection() as connection:
            reader = PostgresqlReader(connection)
            try:
                connection.execute(_BEGIN_READ)
                yield reader
            finally:
                reader.end()

    def write(self, work: Callable[[Tx], R], *, background: bool = False) -> R:
        if background:
            return self.write_soon(work, background=True).result()
        return self._perform(work)

    def write_soon(self, work: Callable[[Tx], R], *, background: bool = False) -> Future[R]:
        try:
            return (self._background if background else self._urgent).submit(self._perform, work)
        except RuntimeError as error:
            raise ClosedFault("the database is closed") from error

    def stats(self) -> Stats:
        return replace(self._stats)

    def close(self) -> None:
        self._urgent.shutdown()
        self._background.shutdown()
        self._pool.close()

    def _perform(self, work: Callable[[Tx], R]) -> R:
        began = time.perf_counter()
        tries = 0
        while True:
            try:
                with self._connection() as connection:
                    result = self._transaction(connection, work)
            except StorageFault as fault:
                tries += 1
                if tries > RETRIES or not isinstance(fault.__cause__, _RETRIED):
                    self._count(began, retries=tries - 1, faults=1)
                    raise
            else:
                self._count(began, retries=tries)
                return result

    def _transaction(self, connection: Connection, work: Callable[[Tx], R]) -> R:
        connection.execute(_BEGIN_WRITE)
        tx = PostgresqlTx(connection, self._clock)
        try:
            result = work(tx)
        finally:
            tx.end()
        if connection.info.transaction_status != TransactionStatus.INTRANS:
            raise StorageFault("a statement failed, and the command went on")
        try:
            connection.execute(b"commit")
        except psycopg.OperationalError as error:
            if connection.broken:
                raise UncertainFault("the server was lost while it committed") from error
            raise
        return result

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Lend a connection; whatever transaction is open at the end is undone."""
        try:
            connection = self._pool.getconn()
        except PoolClosed as error:
            raise ClosedFault("the database is closed") from error
        except PoolTimeout as error:
            raise StorageFault("no connection to PostgreSQL") from error
        try:
            yield connection
        except psycopg.Error as error:
            if isinstance(error, psycopg.errors.QueryCanceled):
                connection.close()  # it may have kept a lock of its session
            raise fault_from(error) from error
        finally:
            if connection.info.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN):
                with suppress(psycopg.Error):
                    connection.execute(b"rollback")
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
