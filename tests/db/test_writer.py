"""SQLite: what the writer thread promises beside the ordinary: groups, faults, fairness, a short log."""

import asyncio
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from folkmoot.db import sqlite_tx
from folkmoot.db.core import Tx, open_db
from folkmoot.db.faults import ClosedFault, StorageFault, TooLong
from folkmoot.db.file_lock import FileLock
from folkmoot.db.sqlite import SqliteDb
from folkmoot.db.sqlite_files import lock_path
from tests.conftest import SetClock
from tests.db.conftest import keep, kept, make_kept

MIB = 1024 * 1024


@pytest.fixture
def file_db(sqlite_dsn: str, clock: SetClock) -> Iterator[SqliteDb]:
    opened = open_db(sqlite_dsn, clock=clock, migrate=False)
    assert isinstance(opened, SqliteDb)
    opened.write(make_kept)
    yield opened
    opened.close()


@pytest.fixture
def other_process(sqlite_dsn: str) -> Iterator[FileLock]:
    """Stand for another process: its lock is another open file."""
    lock = FileLock(lock_path(Path(sqlite_dsn)))
    yield lock
    lock.close()


def ended(futures: list[Future[Any]]) -> list[BaseException | None]:
    wait(futures)
    return [future.exception() for future in futures]


def test_what_gathers_during_the_wait_for_the_lock_is_one_commit(file_db: SqliteDb, other_process: FileLock) -> None:
    before = file_db.stats().batches
    with other_process:
        futures = [file_db.write_soon(partial(keep, number=number)) for number in range(20)]
    assert ended(futures) == [None] * 20
    assert file_db.stats().batches == before + 1


def test_nothing_is_written_while_another_process_has_the_lock(file_db: SqliteDb, other_process: FileLock) -> None:
    with other_process:
        future = file_db.write_soon(partial(keep, number=1))
        assert kept(file_db) == []
        assert not future.done()
    assert future.result() == 1


def test_a_cancelled_command_is_not_run(file_db: SqliteDb, other_process: FileLock) -> None:
    with other_process:
        first = file_db.write_soon(partial(keep, number=1))
        second = file_db.write_soon(partial(keep, number=2))
        assert second.cancel()
    assert first.result() == 1
    assert kept(file_db) == [1]


def test_an_event_loop_is_woken_once_for_all_answers_of_a_turn(
    file_db: SqliteDb, other_process: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []

    async def write_all() -> list[int]:
        loop = asyncio.get_running_loop()
        wake = loop.call_soon_threadsafe

        def counted(*args: Any) -> None:
            calls.append(args)
            wake(*args)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        with other_process:
            pending = [file_db.write_async(partial(keep, number=number)) for number in range(20)]
            await asyncio.sleep(0)
        return await asyncio.gather(*pending)

    before = file_db.stats().batches
    assert asyncio.run(write_all()) == [1] * 20
    assert file_db.stats().batches == before + 1
    assert len(calls) == 1


def test_an_awaited_command_that_is_cancelled_is_not_run(file_db: SqliteDb, other_process: FileLock) -> None:
    async def write_both() -> int:
        with other_process:
            first = file_db.write_async(partial(keep, number=1))
            second = file_db.write_async(partial(keep, number=2))
            await asyncio.sleep(0)
            second.cancel()
        return await first

    assert asyncio.run(write_both()) == 1
    assert kept(file_db) == [1]


def test_a_bug_that_no_future_takes_keeps_nobody_waiting(file_db: SqliteDb) -> None:
    def exhausted(_: Tx) -> int:
        return next(iter(()))

    async def write_both() -> list[object]:
        works = (exhausted, partial(keep, number=1))
        return list(await asyncio.gather(*(file_db.write_async(work) for work in works), return_exceptions=True))

    bug, kept_one = asyncio.run(write_both())
    assert "StopIteration" in str(bug)
    assert kept_one == 1


def test_an_event_loop_that_ended_in_the_middle_keeps_nobody_waiting(file_db: SqliteDb) -> None:
    """It meant to wake the writer and never did, and it cannot be answered."""

    async def leave() -> None:
        _ = file_db.write_async(partial(keep, number=1))
        asyncio.get_running_loop().stop()
        await asyncio.Event().wait()

    async def write() -> int:
        return await file_db.write_async(partial(keep, number=2))

    left = asyncio.new_event_loop()
    with pytest.raises(RuntimeError, match="stopped"):
        left.run_until_complete(leave())
    left.close()
    assert asyncio.run(write()) == 1
    assert kept(file_db) == [1, 2]


def test_a_command_that_leaves_the_process_does_not_take_the_thread_along(file_db: SqliteDb) -> None:
    def leaves(_tx: Tx) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        file_db.write(leaves)
    assert file_db.write(partial(keep, number=1)) == 1


def test_a_commit_that_fails_answers_every_command_not_done(file_db: SqliteDb, other_process: FileLock) -> None:
    file_db._writer._connection.set_commit_hook(lambda: True)
    with other_process:
        futures = [file_db.write_soon(partial(keep, number=number)) for number in range(10)]
    assert all(isinstance(error, StorageFault) for error in ended(futures))
    file_db._writer._connection.set_commit_hook(None)
    assert kept(file_db) == []
    assert file_db.write(partial(keep, number=1)) == 1


def test_a_full_disk_answers_every_command_not_done(file_db: SqliteDb, other_process: FileLock) -> None:
    connection = file_db._writer._connection
    pages = connection.execute("pragma page_count").fetchall()[0][0]
    connection.execute(f"pragma max_page_count = {pages}").fetchall()
    with other_process:
        small = file_db.write_soon(partial(keep, number=1))
        large = file_db.write_soon(partial(keep, number=2, word="x" * MIB))
    assert all(isinstance(error, StorageFault) for error in ended([small, large]))
    connection.execute("pragma max_page_count = 1000000").fetchall()
    assert kept(file_db) == []
    assert file_db.write(partial(keep, number=3, word="x" * MIB)) == 1


def test_a_command_that_hides_a_storage_fault_is_not_believed(file_db: SqliteDb) -> None:
    connection = file_db._writer._connection
    pages = connection.execute("pragma page_count").fetchall()[0][0]
    connection.execute(f"pragma max_page_count = {pages}").fetchall()

    def hides(tx: Tx) -> str:
        try:
            keep(tx, 1, "x" * MIB)
        except StorageFault:
            return "all is well"
        return "there was room"

    with pytest.raises(StorageFault):
        file_db.write(hides)


class Disk:
    """Which files of `faulty_disk` cannot be written: by the flag with which SQLite opens them."""

    broken = 0


def write_or_fail(file: Any, data: bytes, offset: int) -> None:
    if file.kind & Disk.broken:
        raise apsw.IOError("the disk is broken")
    apsw.VFSFile.xWrite(file, data, offset)


@pytest.fixture
def faulty_disk() -> Iterator[type[Disk]]:
    """Put a layer between SQLite and the disk, for the databases that the test opens."""
    usual = apsw.vfs_names()[0]
    file_class = type("FaultyFile", (apsw.VFSFile,), {"xWrite": write_or_fail})

    def opened(_: object, name: object, flags: list[int]) -> object:
        file = file_class(usual, name, flags)
        file.kind = flags[0]
        return file

    layer = type("FaultyDisk", (apsw.VFS,), {"xOpen": opened})("faulty", usual)
    apsw.set_default_vfs("faulty")
    yield Disk
    Disk.broken = 0
    apsw.set_default_vfs(usual)
    layer.unregister()


def test_a_log_that_cannot_be_copied_stops_nobody(sqlite_dsn: str, clock: SetClock, faulty_disk: type[Disk]) -> None:
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(make_kept)
    faulty_disk.broken = apsw.SQLITE_OPEN_MAIN_DB
    for number in range(30):
        db.write(partial(keep, number=number, word="x" * MIB + str(number)))
    assert db.stats().checkpoints > 0
    faulty_disk.broken = 0
    assert kept(db) == list(range(30))
    db.close()


def test_a_broken_disk_answers_every_command_not_done(
    sqlite_dsn: str, clock: SetClock, faulty_disk: type[Disk]
) -> None:
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(make_kept)
    faulty_disk.broken = apsw.SQLITE_OPEN_WAL
    futures = [db.write_soon(partial(keep, number=number)) for number in range(5)]
    assert all(isinstance(error, StorageFault) for error in ended(futures))
    faulty_disk.broken = 0
    assert db.write(partial(keep, number=7)) == 1
    assert kept(db) == [7]
    db.close()


def test_when_no_transaction_can_begin_nobody_waits_for_ever(file_db: SqliteDb, sqlite_dsn: str) -> None:
    file_db._writer._connection.set_busy_timeout(0)
    foreign = apsw.Connection(sqlite_dsn)
    foreign.execute("begin immediate")
    futures = [file_db.write_soon(partial(keep, number=number)) for number in range(3)]
    assert all(isinstance(error, StorageFault) for error in ended(futures))
    foreign.close(force=True)
    assert file_db.write(partial(keep, number=1)) == 1


def test_background_and_urgent_commands_both_go_on(file_db: SqliteDb) -> None:
    order: list[str] = []

    def note(tx: Tx, number: int, what: str) -> None:
        keep(tx, number)
        order.append(what)

    background = [file_db.write_soon(partial(note, number=n, what="back"), background=True) for n in range(100)]
    urgent = [file_db.write_soon(partial(note, number=1000 + n, what="urgent")) for n in range(100)]
    assert ended([*background, *urgent]) == [None] * 200
    last_urgent = 199 - order[::-1].index("urgent")
    assert "back" in order[:last_urgent], "a background command ran before the last urgent one"
    assert order.index("urgent") < 199 - order[::-1].index("back"), "no urgent one waited for all background ones"


def test_the_log_stays_short_under_steady_writes(file_db: SqliteDb, sqlite_dsn: str) -> None:
    lengths: list[int] = []

    def large(tx: Tx, number: int) -> None:
        keep(tx, number, "x" * MIB + str(number))
        lengths.append(Path(f"{sqlite_dsn}-wal").stat().st_size)

    wait([file_db.write_soon(partial(large, number=number)) for number in range(120)])
    assert len(lengths) == 120
    assert max(lengths) <= 64 * MIB
    assert file_db.stats().checkpoints > 0


def test_the_log_stays_short_beside_a_long_reader(
    file_db: SqliteDb, sqlite_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writers wait for a reader that pins the log, and its life is bounded."""
    monkeypatch.setattr(sqlite_tx, "READ_LIFE_S", 0.5)
    lengths: list[int] = []
    reading = threading.Event()

    def read_on() -> None:
        with suppress(TooLong), file_db.read() as reader:
            while True:
                reader.value("select count(*) from kept")
                reading.set()

    def large(tx: Tx, number: int) -> None:
        keep(tx, number, "x" * MIB + str(number))
        lengths.append(Path(f"{sqlite_dsn}-wal").stat().st_size)

    thread = threading.Thread(target=read_on)
    thread.start()
    reading.wait()
    wait([file_db.write_soon(partial(large, number=number)) for number in range(150)])
    thread.join()
    assert max(lengths) <= 64 * MIB


def test_a_read_that_takes_too_long_is_ended(file_db: SqliteDb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_tx, "READ_LIFE_S", 0.05)
    endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(TooLong), file_db.read() as reader:
        reader.value(endless)
    monkeypatch.setattr(sqlite_tx, "READ_LIFE_S", 5.0)
    assert kept(file_db) == []


def test_when_the_lock_fails_nobody_waits_for_ever(file_db: SqliteDb, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: FileLock) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(FileLock, "acquire", fails)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    future = file_db.write_soon(partial(keep, number=1))
    with pytest.raises(ClosedFault):
        future.result()
    monkeypatch.undo()
    with pytest.raises(ClosedFault):
        file_db.write(partial(keep, number=2))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_forked_too_late_is_told(file_db: SqliteDb) -> None:
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            file_db.write(partial(keep, number=1))
        except StorageFault as fault:
            os.write(writes, str(fault).encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        assert b"forked" in told.read()
    os.waitpid(child, 0)
