"""Reads of PostgreSQL: several statements see one snapshot, one that is alone makes one journey."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

import psycopg
import pytest

from folkmoot.db import postgresql_connections
from folkmoot.db.core import Reader, open_db
from folkmoot.db.faults import StorageFault, TooLong
from folkmoot.db.postgresql import PostgresqlDb
from folkmoot.db.postgresql_reads import ALONE_AFTER
from tests.conftest import SetClock
from tests.db.conftest import keep, kept
from tests.db.test_postgresql import end_sessions

R = TypeVar("R")
COUNT = "select count(*) from kept"


def apart(db: PostgresqlDb, work: Callable[[Reader], R]) -> R:
    """Read as a web process does."""

    def read() -> R:
        with db.read() as reader:
            return work(reader)

    async def awaited() -> R:
        return await db.apart(read)

    return asyncio.run(awaited())


def trust(db: PostgresqlDb, sql: str) -> None:
    """Let a statement be the only one of its read until it is trusted to be."""
    for _ in range(ALONE_AFTER):
        apart(db, lambda reader: reader.rows(sql))


def is_in_a_transaction(dsn: str, reader: Reader) -> bool:
    """Say whether this read has a transaction open after its first statement."""
    pid = reader.value("select pg_backend_pid()")
    with psycopg.connect(dsn, autocommit=True) as other:
        state = other.execute("select state from pg_stat_activity where pid = %s", (pid,)).fetchone()
    assert state in {("idle",), ("idle in transaction",)}
    return state == ("idle in transaction",)


def counted_twice(db: PostgresqlDb, reader: Reader, new: Iterator[int]) -> tuple[int, int]:
    """Count rows in two statements, between which there is one more."""
    before = reader.value(COUNT)
    db.write(lambda tx: keep(tx, next(new)))
    return before, reader.value("select count(id) from kept")


def test_statements_of_a_read_see_what_the_first_one_saw(server_db: PostgresqlDb) -> None:
    new = iter(range(10))
    with server_db.read() as reader:
        assert counted_twice(server_db, reader, new) == (0, 0)
    assert apart(server_db, lambda reader: counted_twice(server_db, reader, new)) == (1, 1)


def test_a_read_that_has_more_statements_than_before_is_done_again_and_sees_one_snapshot(
    server_db: PostgresqlDb,
) -> None:
    new = iter(range(10))
    trust(server_db, COUNT)
    assert apart(server_db, lambda reader: counted_twice(server_db, reader, new)) == (1, 1)
    assert len(kept(server_db)) == 2
    assert apart(server_db, lambda reader: counted_twice(server_db, reader, new)) == (2, 2)
    assert len(kept(server_db)) == 3, "it was not trusted any more"


def test_a_statement_that_is_always_alone_needs_no_transaction(server_db: PostgresqlDb, postgresql_dsn: str) -> None:
    def is_in(reader: Reader) -> bool:
        return is_in_a_transaction(postgresql_dsn, reader)

    assert [apart(server_db, is_in) for _ in range(ALONE_AFTER + 2)] == [True] * ALONE_AFTER + [False] * 2
    with server_db.read() as reader:
        assert is_in(reader), "nobody would do this one again"
    assert apart(server_db, lambda reader: (is_in(reader), reader.value("select 1"))) == (True, 1)
    assert apart(server_db, is_in)


def test_what_reads_cannot_hide_that_it_must_be_done_again(server_db: PostgresqlDb) -> None:
    def careless(reader: Reader) -> int:
        reader.value(COUNT)
        try:
            return int(reader.value("select 2"))
        except Exception:  # noqa: BLE001 -- that is the carelessness
            return 0

    trust(server_db, COUNT)
    assert apart(server_db, careless) == 2


def test_a_statement_that_is_alone_writes_nothing(server_db: PostgresqlDb) -> None:
    writes = "insert into kept (id, word) select 1, 'ada' where exists (select 1 from kept) returning id"
    with pytest.raises(StorageFault, match="read-only"):
        apart(server_db, lambda reader: reader.rows(writes))
    shown = "show transaction_read_only"
    assert {apart(server_db, lambda reader: reader.value(shown)) for _ in range(ALONE_AFTER + 2)} == {"on"}


def test_after_a_restart_of_the_server_a_statement_that_is_alone_goes_on(
    server_db: PostgresqlDb, postgresql_dsn: str
) -> None:
    trust(server_db, COUNT)
    end_sessions(postgresql_dsn)
    assert apart(server_db, lambda reader: reader.value(COUNT)) == 0


def test_a_connection_that_is_lost_within_a_read_is_a_fault_and_harms_no_other(
    server_db: PostgresqlDb, postgresql_dsn: str
) -> None:
    def cut_off(reader: Reader) -> None:
        reader.value("select 1")
        end_sessions(postgresql_dsn)
        reader.value("select 2")

    with pytest.raises(StorageFault):
        apart(server_db, cut_off)
    assert apart(server_db, lambda reader: reader.value("select 3")) == 3


def test_a_server_that_drops_every_connection_is_a_fault(server_db: PostgresqlDb) -> None:
    lends = server_db.lend

    def lend_dead(*, wait_s: float) -> object:
        connection = lends(wait_s=wait_s)
        connection.close()
        return connection

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server_db, "lend", lend_dead)
        with pytest.raises(StorageFault, match="drops every connection"):
            kept(server_db)
        with pytest.raises(StorageFault, match="drops every connection"):
            server_db.write(lambda tx: keep(tx, 1))
    assert kept(server_db) == []


@pytest.mark.parametrize("times", [1, ALONE_AFTER + 1])
def test_a_first_statement_that_takes_too_long_is_ended(
    postgresql_dsn: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(postgresql_connections, "SESSION", "set statement_timeout = '50ms'")
    db = open_db(postgresql_dsn, clock=clock, migrate=False)
    assert isinstance(db, PostgresqlDb)
    naps = iter([0.0] * (times - 1) + [10.0])
    sleep = "select 1 from pg_sleep(:nap)"
    for _ in range(times - 1):
        apart(db, lambda reader: reader.rows(sleep, nap=next(naps)))
    with pytest.raises(TooLong):
        apart(db, lambda reader: reader.rows(sleep, nap=next(naps)))
    assert apart(db, lambda reader: reader.value("select 1")) == 1
    db.close()


def test_whoever_is_cancelled_while_a_statement_runs_harms_nobody(server_db: PostgresqlDb) -> None:
    def nap() -> None:
        with server_db.read() as reader:
            reader.rows("select 1 from pg_sleep(0.05)")

    def count() -> int:
        with server_db.read() as reader:
            return int(reader.value(COUNT))

    async def impatient() -> list[int]:
        napping = [asyncio.ensure_future(server_db.apart(nap)) for _ in range(6)]
        await asyncio.sleep(0.01)
        for each in napping:
            each.cancel()
        return list(await asyncio.gather(*(server_db.apart(count) for _ in range(12))))

    assert asyncio.run(impatient()) == [0] * 12


def test_a_command_without_a_statement_is_no_transaction(server_db: PostgresqlDb) -> None:
    assert server_db.write(lambda _: 7) == 7
