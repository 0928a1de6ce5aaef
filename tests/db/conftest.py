"""A table of the database tests' own, so that they depend on the journal's and the counters' tables only."""

from collections.abc import Iterator

import pytest

from folkmoot.db.core import Db, Tx, open_db
from folkmoot.db.postgresql import PostgresqlDb
from tests.conftest import SetClock


@pytest.fixture
def db(dsn: str, clock: SetClock) -> Iterator[Db]:
    opened = open_db(dsn, clock=clock, migrate=False)
    opened.write(make_kept)
    yield opened
    opened.close()


@pytest.fixture
def server_db(postgresql_dsn: str, clock: SetClock) -> Iterator[PostgresqlDb]:
    opened = open_db(postgresql_dsn, clock=clock, migrate=False)
    assert isinstance(opened, PostgresqlDb)
    opened.write(make_kept)
    yield opened
    opened.close()


def make_kept(tx: Tx) -> None:
    key = "text" if tx.dialect.name == "sqlite" else 'text collate "C"'
    tx.run(f"create table kept (id integer not null primary key, word {key} not null unique)")


def keep(tx: Tx, number: int, word: str | None = None) -> int:
    """Insert a row."""
    return tx.run("insert into kept (id, word) values (:id, :word)", id=number, word=word or f"word {number}")


def kept(db: Db) -> list[int]:
    """Give the ids of all rows."""
    with db.read() as reader:
        return [number for (number,) in reader.rows("select id from kept order by id")]
