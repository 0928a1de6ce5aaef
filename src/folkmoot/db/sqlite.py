"""SQLite as a `Db`: readers of their own for whoever reads, one writer thread for the process."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path

import apsw

from folkmoot.db.base import Clock, R, Reader, Stats, Tx
from folkmoot.db.dialect import SQLITE, Dialect
from folkmoot.db.faults import ClosedFault
from folkmoot.db.file_lock import FileLock
from folkmoot.db.sqlite_files import connected, lock_path
from folkmoot.db.sqlite_tx import SqliteReader
from folkmoot.db.writer import Writer

READERS_KEPT = 4


class SqliteDb:
    """A database file. Several processes may have it open."""

    dialect: Dialect = SQLITE
    reads_inline = True

    def __init__(self, path: Path, *, clock: Clock, cache_bytes: int) -> None:
        """Open a file that is migrated already.

        Args:
            path: as `real_path` gives it.
            clock: asked by the writer thread, once for each command.
            cache_bytes: for all connections of this process together.
        """
        self._path = path
        self._cache_bytes = cache_bytes
        self._idle: list[apsw.Connection] = []
        self._opened = 0
        self._closing = threading.Lock()
        self._closed = False
        self._lock = FileLock(lock_path(path))
        self._writer = Writer(connected(path, cache_bytes=cache_bytes // 4), self._lock, clock)

    def read(self) -> AbstractContextManager[Reader]:
        if self._closed:
            raise ClosedFault("the database is closed")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._opened_reader()
        return SqliteReader(connection, self._give_back)

    def apart(self, work: Callable[[], R]) -> Awaitable[R]:
        return asyncio.to_thread(work)

    def _opened_reader(self) -> apsw.Connection:
        """Open a connection. The last one given back is taken first, so the first one serves the event loop."""
        share = 2 if self._opened == 0 else 4 * READERS_KEPT
        self._opened += 1
        return connected(self._path, cache_bytes=self._cache_bytes // share, read_only=True)

    def write(self, work: Callable[[Tx], R], *, background: bool = False) -> R:
        return self._writer.run(work, background=background)

    def write_soon(self, work: Callable[[Tx], R], *, background: bool = False) -> Future[R]:
        return self._writer.submit(work, background=background)

    def write_async(self, work: Callable[[Tx], R], *, background: bool = False) -> "asyncio.Future[R]":
        return self._writer.submit_awaited(work, background=background)

    def stats(self) -> Stats:
        return self._writer.stats()

    def close(self) -> None:
        with self._closing:
            closed, self._closed = self._closed, True
        if closed:
            return
        while self._idle:
            self._idle.pop().close()
        self._writer.close()
        self._lock.close()

    def _give_back(self, connection: apsw.Connection) -> None:
        if self._closed or len(self._idle) >= READERS_KEPT:
            connection.close()
        else:
            self._idle.append(connection)
