"""What a transaction overwrites and forgets is in no file afterwards."""

from pathlib import Path

import pytest

from folkmoot.db.base import Db, Tx
from folkmoot.db.core import open_db
from tests.conftest import SetClock

SECRET = "marzipan " * 2_000


def _write(tx: Tx) -> None:
    tx.run("insert into site (id, name, description, published, version) values (1, 'A', :text, 0, 1)", text=SECRET)


def _overwrite(tx: Tx) -> None:
    tx.run("update site set description = ''")
    tx.forget()


def _holds(dsn: str) -> bool:
    return any(b"marzipan" in file.read_bytes() for file in Path(dsn).parent.iterdir() if file.is_file())


def test_the_log_is_wiped_before_the_answer(sqlite_dsn: str, clock: SetClock) -> None:
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(_write)
    assert _holds(sqlite_dsn)
    db.write(_overwrite)
    assert not _holds(sqlite_dsn)
    db.close()


def test_a_reader_in_the_way_delays_the_wiping_to_the_next_batch(sqlite_dsn: str, clock: SetClock) -> None:
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(_write)
    with db.read() as reader:
        assert reader.value("select length(description) from site") == len(SECRET)
        db.write(_overwrite)
        assert _holds(sqlite_dsn)
    db.write(lambda tx: tx.run("update site set version = 2"))
    assert not _holds(sqlite_dsn)
    db.close()


def test_forgetting_is_allowed_on_both(db: Db) -> None:
    db.write(_write)
    db.write(_overwrite)
    with db.read() as reader:
        assert reader.value("select description from site") == ""


def test_a_refused_command_wipes_nothing_and_harms_nothing(sqlite_dsn: str, clock: SetClock) -> None:
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(_write)

    def refused(tx: Tx) -> None:
        _overwrite(tx)
        raise LookupError

    with pytest.raises(LookupError):
        db.write(refused)
    with db.read() as reader:
        assert reader.value("select length(description) from site") == len(SECRET)
    db.close()
