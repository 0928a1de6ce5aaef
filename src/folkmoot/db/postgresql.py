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

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import PoolClosed, PoolTimeout

from folkmoot.db.base import Clock, R, Reader, Stats, Tx
from folkmoot.db.dialect import POSTGRESQL, Dialect
from folkmoot.db.faults import ClosedFault, StorageFault, UncertainFault
from folkmoot.db.postgresql_connections import CONNECT_S, READ_WAIT_S, pool_of
from folkmoot.db.postgresql_statements import Connection
from folkmoot.db.postgresql_tx import PostgresqlReader, PostgresqlTx, fault_from
from folkmoot.db.read_threads import ReadThreads

RETRIES = 3
RETRY_AFTER_S = 0.02
SWITCH_INTERVAL_S = 0.0005
"""A thread that is busy in Python keeps the others waiting for so long, after every answer of the server."""

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
            connections: at most so many of this process. Half of them write at most, and a quarter in the background,
                so that readers find one.
        """
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._clock = clock
        self._stats = Stats()
        self._counting = threading.Lock()
        self._thread = threading.local()
        self._pool = pool_of(dsn, connections)
        self._readers = ReadThreads(max(1, connections * 3 // 4))
        self._urgent = ThreadPoolExecutor(max(1, connections // 2), thread_name_prefix="folkmoot-write")
        self._background = ThreadPoolExecutor(max(1, connections // 4), thread_name_prefix="folkmoot-background")

    @contextmanager
    def read(self) -> Iterator[Reader]:
        with self._transaction(_BEGIN_READ) as connection:
            reader = PostgresqlReader(connection)
            try:
                yield reader
            finally:
                reader.end()

    def apart(self, work: Callable[[], R]) -> "asyncio.Future[R]":
        return self._readers.submit(work)

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
        if getattr(self._thread, "writes", False):
            raise RuntimeError("a command may not run another one; it would not be one transaction")
        with self._transaction(_BEGIN_WRITE) as connection:
            self._thread.writes = True
            tx = PostgresqlTx(connection, self._clock)
            try:
                result = work(tx)
            finally:
                self._thread.writes = False
                tx.end()
            _commit(connection)
        return result

    @contextmanager
    def _transaction(self, begin: bytes) -> Iterator[Connection]:
        """Lend a connection with an open transaction, which is undone at the end unless it was committed."""
        connection = self._begun(begin, wait_s=READ_WAIT_S if begin is _BEGIN_READ else CONNECT_S)
        try:
            yield connection
        except psycopg.Error as error:
            if isinstance(error, psycopg.errors.QueryCanceled):
                connection.close()  # it may have kept a lock of its session
            raise fault_from(error) from error
        finally:
            if connection.info.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN):
                with suppress(psycopg.Error):
                    connection.statements.tell(b"rollback")
            self._pool.putconn(connection)

    def _begun(self, begin: bytes, *, wait_s: float) -> Connection:
        """Take a connection that lives. After a restart of the server all that the pool holds are dead."""
        for _ in range(self._pool.max_size + 1):
            try:
                connection = self._pool.getconn(timeout=wait_s)
            except PoolClosed as error:
                raise ClosedFault("the database is closed") from error
            except PoolTimeout as error:
                raise StorageFault("no connection to PostgreSQL") from error
            try:
                connection.statements.tell(begin)
            except psycopg.Error as error:
                dead = connection.broken
                self._pool.putconn(connection)
                if not dead:
                    raise fault_from(error) from error
            else:
                return connection
        raise StorageFault("PostgreSQL drops every connection")

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
    if connection.info.transaction_status != TransactionStatus.INTRANS:
        raise StorageFault("a statement failed, and the command went on; PostgreSQL would answer a commit by undoing")
    try:
        connection.statements.tell(b"commit")
    except psycopg.OperationalError as error:
        if connection.broken:
            raise UncertainFault("the server was lost while it committed") from error
        raise
