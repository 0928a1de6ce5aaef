"""Who writes into the SQLite file? One thread of each process, for all its callers, in groups.

The order matters: the lock first, then the queue. What gathers while we wait for other processes is one commit, and
so one sync of the disk. An event loop wakes the thread once for all commands of one round of its own, and is woken once
for all answers of a turn (decision 0032).
"""

import asyncio
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Any

import apsw
from typing_extensions import override

from folkmoot.db.base import Clock, R, Stats, Tx
from folkmoot.db.checkpoints import Checkpoints
from folkmoot.db.faults import ClosedFault, ConstraintFault, StorageFault
from folkmoot.db.file_lock import FileLock
from folkmoot.db.sqlite_files import fault_from
from folkmoot.db.sqlite_tx import SqliteTx
from folkmoot.model.ids import Micros

BATCH_COMMANDS = 32
BATCH_S = 0.005
"""How long a batch takes new commands in. One that runs longer is finished."""
LONG_S = 0.25
"""Whoever holds the lock for so long is named in the log. The import of a thread may."""
HURRIED_S = 0.0001
"""While the thread writes, another one that is busy in Python keeps it waiting for so long at every statement."""
CALM_S = 0.002
"""While it rests, so long. The HTTP server's own thread needs Python's lock at every request: each time that it is
handed over in the midst of other work costs both threads a wake-up (decision 0042)."""

_FORGET_SMALL = (
    "delete from sqlite_stat1 where cast(stat as integer) < 1000",
    "delete from sqlite_stat4 where tbl not in (select tbl from sqlite_stat1)",
)
"""A table that was small when it was looked at would be read from end to end ever after, however large it has grown.
Of what has no statistics SQLite believes that it is large."""

log = logging.getLogger(__name__)


class _Job:
    """A command that waits for its turn, and then for its commit; `answered` is held until then."""

    __slots__ = ("answered", "error", "result", "work")

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.answered = threading.Lock()
        self.answered.acquire()

    def begins(self) -> bool:
        """Say whether anybody still wants it done."""
        return True

    def answer(self, fault: StorageFault | None) -> None:
        self.error = fault or self.error
        self.answered.release()

    def wait(self) -> Any:  # noqa: ANN401 -- whatever the command gives
        self.answered.acquire()
        if self.error is not None:
            try:
                raise self.error
            finally:
                del self  # its trace would keep it, and it the trace
        return self.result


class _FutureJob(_Job):
    """One whose answer is not waited for here."""

    __slots__ = ("future",)

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.result = None
        self.error = None
        self.future: Future[Any] = Future()

    @override
    def begins(self) -> bool:
        return self.future.set_running_or_notify_cancel()

    @override
    def answer(self, fault: StorageFault | None) -> None:
        error = fault or self.error
        if error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(error)


class _AwaitedJob(_Job):
    """One whose answer an event loop waits for. Only that loop may answer it."""

    __slots__ = ("future", "loop")

    def __init__(self, work: Callable[[Tx], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.result = None
        self.error = None
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()

    @override
    def begins(self) -> bool:
        return not self.future.cancelled()

    @override
    def answer(self, fault: StorageFault | None) -> None:
        if self.future.done():  # whoever waited was cancelled meanwhile; what was done is done
            return
        error = fault or self.error
        if error is None:
            self.future.set_result(self.result)
        elif isinstance(error, StopIteration):
            self.future.set_exception(RuntimeError(f"a command raised {error!r}"))
        else:
            self.future.set_exception(error)


def _answer_all(jobs: Sequence[_Job], fault: StorageFault | None) -> None:
    for job in jobs:
        job.answer(fault)


def _answer_each_where_it_waits(jobs: Sequence[_Job], fault: StorageFault | None) -> None:
    """Answer whoever waits in a thread at once, and have each event loop answer those who wait in it."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        if isinstance(job, _AwaitedJob):
            by_loop.setdefault(job.loop, []).append(job)
        else:
            job.answer(fault)
    for loop, waiting in by_loop.items():
        with suppress(RuntimeError):  # it was closed, and nobody waits in it any more
            loop.call_soon_threadsafe(_answer_all, waiting, fault)


class _NeedsSavepoints(Exception):
    """A command was given up after it had written something: the others of its turn must be done again without it."""


class Writer:
    """The writing thread of one process and one file."""

    def __init__(self, connection: apsw.Connection, lock: FileLock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._floor = Micros(0)
        self._checkpoints = Checkpoints(connection)
        self._urgent: deque[_Job] = deque()
        self._background: deque[_Job] = deque()
        self._away_until = 0.0
        self._forgetting = False
        self._wake = threading.Event()
        self._about_to_wake: asyncio.AbstractEventLoop | None = None
        self._submitting = threading.Lock()
        self._closing = False
        self._pid = os.getpid()
        self._stats = Stats()
        self._thread = threading.Thread(target=self._serve, name="folkmoot-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Tx], R], *, background: bool) -> R:
        """Have it done, and wait."""
        job = _Job(work)
        self._submit(job, background=background)
        result: R = job.wait()
        return result

    def submit(self, work: Callable[[Tx], R], *, background: bool) -> Future[R]:
        """Have it done soon."""
        job = _FutureJob(work)
        self._submit(job, background=background)
        return job.future

    def submit_awaited(self, work: Callable[[Tx], R], *, background: bool) -> "asyncio.Future[R]":
        """Have it done soon, for one who waits in the running event loop.

        The thread is woken when the loop has gone through all that is ready now: so their commands are one turn, and
        the loop does not want Python's lock while the turn holds the file's.
        """
        loop = asyncio.get_running_loop()
        job = _AwaitedJob(work, loop)
        self._enqueue(job, background=background)
        if self._about_to_wake is not loop:
            self._about_to_wake = loop
            loop.call_soon(self._wake_for_loop)
        return job.future

    def _wake_for_loop(self) -> None:
        self._about_to_wake = None
        self._wake.set()

    def _submit(self, job: _Job, *, background: bool) -> None:
        self._enqueue(job, background=background)
        if not self._wake.is_set():
            self._wake.set()

    def _enqueue(self, job: _Job, *, background: bool) -> None:
        if threading.get_ident() == self._thread.ident:
            raise RuntimeError("a command may not run another one; it would wait for itself")
        with self._submitting:
            if self._closing:
                raise ClosedFault("the database is closed")
            if os.getpid() != self._pid:
                raise StorageFault("this process was forked after the database was opened, and has no writer")
            (self._background if background else self._urgent).append(job)

    def stats(self) -> Stats:
        seen = self._checkpoints
        return replace(self._stats, checkpoints=seen.count, checkpoint_s=seen.spent_s, wal_bytes=seen.wal_bytes)

    def close(self) -> None:
        """Run what was submitted, then stop the thread and close the connection."""
        with self._submitting:
            self._closing = True
        self._wake.set()
        self._thread.join()
        with suppress(apsw.Error, OSError), self._lock:  # no statistics are better than a close that fails
            self._connection.execute("pragma optimize").fetchall()
            for statement in _FORGET_SMALL:
                self._connection.execute(statement)
        self._connection.close()

    def _serve(self) -> None:
        try:
            self._serve_until_closed()
        finally:
            with self._submitting:
                self._closing = True
            self._refuse([*self._urgent, *self._background])

    def _refuse(self, jobs: list[_Job]) -> None:
        """Tell those whose turn can never come, after a fault that should not be, such as one of the lock."""
        _answer_each_where_it_waits([job for job in jobs if job.begins()], ClosedFault("the writer ended"))

    def _serve_until_closed(self) -> None:
        background_next = False
        while True:
            away_s = self._away_s()
            ready = bool(self._background) and away_s <= 0
            if ready and (background_next or not self._urgent):
                self._batch(self._background, background=True)
                background_next = False
            elif self._urgent:
                self._batch(self._urgent, background=False)
                background_next = True
            elif self._closing and not self._background:
                return
            else:
                self._rest(away_s if self._background else None)

    def _rest(self, seconds: float | None) -> None:
        """Wait for something to do, for so long at most. Nobody is hurried meanwhile."""
        sys.setswitchinterval(CALM_S)
        self._wake.wait(seconds)
        self._wake.clear()
        sys.setswitchinterval(HURRIED_S)

    def _away_s(self) -> float:
        return 0.0 if self._closing else self._away_until - time.perf_counter()

    def _batch(self, queue: deque[_Job], *, background: bool) -> None:
        asked = time.perf_counter()
        jobs: list[_Job] = []
        with self._lock:
            got = time.perf_counter()
            fault = self._transaction(queue, jobs, until=got + BATCH_S)
        freed = time.perf_counter()
        if background:
            self._away_until = freed + (freed - got)
        if freed - got > LONG_S:
            log.warning("the lock was held for %d ms by %d commands", (freed - got) * 1000, len(jobs))
        self._count(len(jobs), waited_s=got - asked, held_s=freed - got, background=background)
        self._stats.faults += fault is not None
        if self._forgetting:
            self._forgetting = not self._checkpoints.wipe(self._lock)
        _answer_each_where_it_waits(jobs, fault)
        self._checkpoints.tend(self._lock)

    def _transaction(self, queue: deque[_Job], jobs: list[_Job], *, until: float) -> StorageFault | None:
        """Run and commit what waits. Returns the fault that undid all of it, if there was one."""
        try:
            try:
                self._take_turn(queue, jobs, until=until)
            except _NeedsSavepoints:
                self._connection.execute("rollback")
                self._take_turn_again(jobs)
            self._connection.execute("commit")
        except apsw.Error as error:
            fault = fault_from(error)
        except StorageFault as error:
            fault = error
        else:
            return None
        self._give_up(queue, jobs)
        return fault if isinstance(fault, StorageFault) else StorageFault(str(fault))

    def _take_turn(self, queue: deque[_Job], jobs: list[_Job], *, until: float) -> None:
        """Run what waits, one after the other; most are refused, if at all, before they have written anything.

        Raises:
            _NeedsSavepoints: one was not.
        """
        self._connection.execute("begin immediate")
        self._raise_floor()
        while queue and len(jobs) < BATCH_COMMANDS:
            job = queue.popleft()
            if job.begins():
                jobs.append(job)
                if self._command(job):
                    raise _NeedsSavepoints
            if time.perf_counter() > until or (queue is self._background and self._urgent):
                break

    def _take_turn_again(self, jobs: Sequence[_Job]) -> None:
        """Run these each in a savepoint, so that one that is given up half done costs the others nothing."""
        self._connection.execute("begin immediate")
        for job in jobs:
            job.result = job.error = None
            self._connection.execute("savepoint command")
            if self._command(job):
                self._connection.execute("rollback to command")
            self._connection.execute("release command")

    def _command(self, job: _Job) -> bool:
        """Run one command.

        Returns:
            Whether what it wrote must be undone.

        Raises:
            StorageFault: the store itself failed.
        """
        tx = SqliteTx(self._connection, self._now())
        try:
            job.result = job.work(tx)
        except BaseException as error:  # noqa: BLE001 -- the thread is everybody's: whatever it is, the caller gets it
            job.error = error
        finally:
            self._forgetting |= tx.forgets
            tx.end()
        if isinstance(job.error, StorageFault) and not isinstance(job.error, ConstraintFault):
            raise job.error
        if not self._connection.in_transaction:
            raise StorageFault("the transaction was undone by the database")
        return job.error is not None and tx.wrote

    def _give_up(self, queue: deque[_Job], jobs: list[_Job]) -> None:
        with suppress(apsw.Error):
            if self._connection.in_transaction:
                self._connection.execute("rollback")
        if not jobs:  # no transaction could begin: nobody shall wait for ever
            while queue:
                job = queue.popleft()
                if job.begins():
                    jobs.append(job)

    def _raise_floor(self) -> None:
        newest = self._connection.execute("select at from journal order by seq desc limit 1").fetchall()
        if newest:
            self._floor = max(self._floor, Micros(int(str(newest[0][0]))))

    def _now(self) -> Micros:
        self._floor = max(self._floor, self._clock())
        return self._floor

    def _count(self, commands: int, *, waited_s: float, held_s: float, background: bool) -> None:
        seen = self._stats
        seen.commands += commands
        seen.batches += 1
        seen.background_batches += background
        seen.wait_s += waited_s
        seen.wait_max_s = max(seen.wait_max_s, waited_s)
        seen.held_s += held_s
        seen.held_max_s = max(seen.held_max_s, held_s)
