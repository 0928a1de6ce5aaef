"""Where may an SQLite file lie, and how is it set up?"""

import sys
from pathlib import Path

import apsw
import pytest

from folkmoot.db import sqlite_files
from folkmoot.db.core import open_db
from folkmoot.db.faults import StorageFault, UnsuitablePlace
from folkmoot.db.file_lock import network_file_system
from folkmoot.db.sqlite import SqliteDb
from tests.conftest import SetClock

MOUNTS = """\
22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv rw - nfs4 nas:/srv rw
31 30 253:1 / /srv/local rw master:2 - xfs /dev/vdb rw
32 22 0:41 / /mnt/two\\040words rw - fuse.sshfs me@there: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/folkmoot.db", None),
        ("/srv/folkmoot.db", "nfs4"),
        ("/srv/local/folkmoot.db", None),
        ("/srvlocal/folkmoot.db", None),
        ("/mnt/two words/folkmoot.db", "fuse.sshfs"),
    ],
)
def test_a_network_file_system_is_recognised_by_the_nearest_mount(path: str, kind: str | None) -> None:
    assert network_file_system(Path(path), MOUNTS) == kind


def test_a_database_on_a_network_disk_is_refused(
    tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"22 1 0:40 / {tmp_path} rw - nfs4 nas:/ rw\n", encoding="utf-8")
    monkeypatch.setattr(sqlite_files, "MOUNTS", mounts)
    with pytest.raises(UnsuitablePlace, match=r"network file system \(nfs4\)"):
        open_db(str(tmp_path / "folkmoot.db"), clock=clock)
    assert not (tmp_path / "folkmoot.db").exists()


@pytest.mark.parametrize("dsn", [":memory:", "", "file:x.db?mode=ro", "mysql://x/y"])
def test_what_is_no_path_is_refused(dsn: str, clock: SetClock) -> None:
    with pytest.raises(UnsuitablePlace):
        open_db(dsn, clock=clock)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "folkmoot.db"
    path.write_bytes(b"this is a letter, and no database at all. " * 100)
    with pytest.raises(StorageFault):
        open_db(str(path), clock=clock)


def test_a_folder_that_is_missing_is_a_fault(tmp_path: Path, clock: SetClock) -> None:
    with pytest.raises(StorageFault):
        open_db(str(tmp_path / "nowhere" / "folkmoot.db"), clock=clock)


def test_two_names_of_one_file_share_its_lock(tmp_path: Path, sqlite_dsn: str) -> None:
    other = tmp_path / "other.db"
    other.symlink_to(sqlite_dsn)
    real = sqlite_files.real_path(sqlite_dsn)
    assert sqlite_files.lock_path(sqlite_files.real_path(str(other))) == sqlite_files.lock_path(real)


def pragma(connection: apsw.Connection, name: str) -> object:
    return connection.execute(f"pragma {name}").fetchall()[0][0]


def test_the_settings_are_those_of_the_page(sqlite_dsn: str, clock: SetClock) -> None:
    """`docs/sqlite.md` explains each of them."""
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    assert isinstance(db, SqliteDb)
    connection = db._writer._connection
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    assert {name: pragma(connection, name) for name in wanted} == wanted
    assert pragma(connection, "busy_timeout") == 5000
    assert pragma(connection, "wal_autocheckpoint") == 0
    assert connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, -1) == 1
    assert db.write(lambda _tx: sys.getswitchinterval()) == pytest.approx(0.0001)
    with db.read() as reader:
        assert reader.value("pragma query_only") == 1
    db.close()
    assert not Path(f"{sqlite_dsn}-wal").exists(), "the last one to leave empties the log"


def test_what_was_small_is_not_planned_for_as_small(sqlite_dsn: str, clock: SetClock) -> None:
    """A site with one community, closed: its statistics would have the table read for each vote, years later."""
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(lambda tx: tx.run("insert into site (id, name, description, published, version) values (1, '', '', 0, 1)"))
    db.write(lambda tx: tx.run("analyze"))
    with db.read() as reader:
        assert reader.value("select count(*) from sqlite_stat1") > 0
    db.close()
    again = open_db(sqlite_dsn, clock=clock, migrate=False)
    with again.read() as reader:
        assert reader.value("select count(*) from sqlite_stat1") == 0
    again.close()
