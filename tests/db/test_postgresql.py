"""PostgreSQL: retries, lost connections, time limits."""

import threading

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from folkmoot.db import postgresql_connections
from folkmoot.db.core import Tx, open_db
from folkmoot.db.faults import ConstraintFault, StorageFault, TooLong, UncertainFault
from folkmoot.db.postgresql import PostgresqlDb
from tests.conftest import SetClock
from tests.db.conftest import keep, kept


def end_sessions(dsn: str) -> None:
    """Do what a restart of the server does to those who are connected."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


def test_a_deadlock_is_done_again(server_db: PostgresqlDb) -> None:
    server_db.write(lambda tx: [keep(tx, 1), keep(tx, 2)])
    both_hold_one = threading.Barrier(2)
    tries: list[int] = []

    def cross(tx: Tx, first: int, second: int) -> None:
        tries.append(first)
        tx.run("update kept set word = word || 'x' where id = :id", id=first)
        if len(tries) <= 2:
            both_hold_one.wait()
        tx.run("update kept set word = word || 'y' where id = :id", id=second)

    futures = [server_db.write_soon(lambda tx: cross(tx, 1, 2)), server_db.write_soon(lambda tx: cross(tx, 2, 1))]
    for future in futures:
        future.result()
    assert len(tries) == 2 + server_db.stats().retries
    assert server_db.stats().retries >= 1
    with server_db.read() as reader:
        words = {word for (word,) in reader.rows("select word from kept")}
    assert words in ({"word 1xy", "word 2yx"}, {"word 1yx", "word 2xy"})


def test_who_loses_a_race_for_a_key_is_done_again_and_finds_the_row(server_db: PostgresqlDb) -> None:
    both_looked = threading.Barrier(2)
    looks: list[object] = []

    def make_once(tx: Tx, number: int) -> object:
        found = tx.value("select id from kept where word = 'ada'")
        looks.append(found)
        if len(looks) <= 2:
            both_looked.wait()
        return found if found is not None else (keep(tx, number, "ada"), number)[1]

    futures = [server_db.write_soon(lambda tx: make_once(tx, 1)), server_db.write_soon(lambda tx: make_once(tx, 2))]
    assert futures[0].result() == futures[1].result()
    assert len(kept(server_db)) == 1


def test_a_command_that_always_loses_is_a_fault_in_the_end(server_db: PostgresqlDb) -> None:
    tries: list[int] = []
    server_db.write(lambda tx: keep(tx, 1, "ada"))

    def collide(tx: Tx) -> None:
        tries.append(1)
        keep(tx, 2, "ada")

    with pytest.raises(ConstraintFault):
        server_db.write(collide)
    assert len(tries) == 4


def test_after_a_restart_of_the_server_all_goes_on(server_db: PostgresqlDb, postgresql_dsn: str) -> None:
    end_sessions(postgresql_dsn)
    assert server_db.write(lambda tx: keep(tx, 1)) == 1
    end_sessions(postgresql_dsn)
    assert kept(server_db) == [1]


def test_a_session_that_ends_within_a_command_leaves_nothing(server_db: PostgresqlDb, postgresql_dsn: str) -> None:
    def cut_off(tx: Tx) -> None:
        keep(tx, 1)
        end_sessions(postgresql_dsn)
        keep(tx, 2)

    with pytest.raises(StorageFault):
        server_db.write(cut_off)
    assert kept(server_db) == []


def test_a_session_that_ends_at_the_commit_is_uncertain(server_db: PostgresqlDb, postgresql_dsn: str) -> None:
    def cut_off(tx: Tx) -> None:
        keep(tx, 1)
        end_sessions(postgresql_dsn)

    with pytest.raises(UncertainFault):
        server_db.write(cut_off)


def test_a_command_that_hides_a_failed_statement_is_not_believed(server_db: PostgresqlDb) -> None:
    def hides(tx: Tx) -> str:
        keep(tx, 1)
        with pytest.raises(psycopg.errors.UndefinedTable):
            tx.run("delete from nowhere")
        return "all is well"

    with pytest.raises(StorageFault, match="the command went on"):
        server_db.write(hides)
    assert kept(server_db) == []


def test_a_statement_that_takes_too_long_is_ended(
    postgresql_dsn: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_connections, "SESSION", "set statement_timeout = '50ms'")
    db = open_db(postgresql_dsn, clock=clock, migrate=False)
    with pytest.raises(TooLong), db.read() as reader:
        reader.value("select pg_sleep(10)")
    with db.read() as reader:
        assert reader.value("select 1") == 1
    db.close()


def test_sessions_have_time_limits(server_db: PostgresqlDb) -> None:
    def shown(tx: Tx) -> list[str]:
        names = ("statement_timeout", "idle_in_transaction_session_timeout", "transaction_isolation")
        return [tx.value(f"show {name}") for name in names]

    assert server_db.write(shown) == ["5s", "10s", "read committed"]
    with server_db.read() as reader:
        assert reader.value("show transaction_isolation") == "repeatable read"
        assert reader.value("show transaction_read_only") == "on"


def test_a_server_that_vanishes_is_given_up_within_half_a_minute(postgresql_dsn: str) -> None:
    names = ("keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout")
    with postgresql_connections.connected(postgresql_dsn) as connection:
        usual = connection.info.get_parameters()
    idle, interval, count, unanswered = (int(usual[name]) for name in names)
    assert max(idle + interval * count, unanswered / 1_000) <= 30
    told = make_conninfo(postgresql_dsn, tcp_user_timeout=7_000)
    with postgresql_connections.connected(told) as connection:
        assert connection.info.get_parameters()["tcp_user_timeout"] == "7000"


def test_a_server_that_is_not_there_is_a_fault(clock: SetClock) -> None:
    with pytest.raises(StorageFault):
        open_db("postgresql://nobody@127.0.0.1:1/nowhere", clock=clock)
