"""Migrations: forward only, all or nothing, by one of several starters."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import psycopg
import pytest

from folkmoot.db.core import is_postgresql, migrate_database, open_db
from folkmoot.db.dialect import POSTGRESQL, SQLITE
from folkmoot.db.faults import ForeignDatabase, NewerDatabase
from folkmoot.db.migrate import MIGRATIONS, migrations, statements
from folkmoot.db.schema import schema_file, schema_text
from tests import postgres
from tests.conftest import SetClock


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_dsn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without any table."""
    if request.param == "sqlite":
        yield str(tmp_path / "empty.db")
    else:
        request.getfixturevalue("migrated_server")
        address = postgres.made_database()
        yield address
        postgres.dropped_database(address)


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """Give a folder with two good steps."""
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "0001_first.sql").write_text(
        "-- why: because;\ncreate table one (id integer not null primary key, name $key) $strict;\n"
        "-- only: sqlite\ninsert into one (id, name) values (1, 'sqlite; really');\n"
        "-- only: postgresql\ninsert into one (id, name) values (1, 'postgresql; really');\n",
        encoding="utf-8",
    )
    (folder / "0002_second.sql").write_text("alter table one add column at $micros;", encoding="utf-8")
    return folder


def asked(dsn: str, sql: str) -> list[tuple[object, ...]]:
    if is_postgresql(dsn):
        with psycopg.connect(dsn) as server:
            return [tuple(row) for row in server.execute(sql.encode()).fetchall()]
    file = apsw.Connection(dsn)
    rows = file.execute(sql).fetchall()
    file.close()
    return [tuple(row) for row in rows]


def made(dsn: str, sql: str) -> None:
    if is_postgresql(dsn):
        with psycopg.connect(dsn) as server:
            server.execute(sql.encode())
        return
    file = apsw.Connection(dsn)
    file.execute(sql)
    file.close()


def test_missing_steps_are_taken_once(empty_dsn: str, steps: Path) -> None:
    assert migrate_database(empty_dsn, folder=steps) == 2
    assert migrate_database(empty_dsn, folder=steps) == 0
    assert asked(empty_dsn, "select version from schema_version") == [(2,)]
    kind = "postgresql" if is_postgresql(empty_dsn) else "sqlite"
    assert asked(empty_dsn, "select id, name, at from one") == [(1, f"{kind}; really", None)]


def test_a_step_that_fails_takes_all_back(empty_dsn: str, steps: Path) -> None:
    (steps / "0003_third.sql").write_text("create table two (id integer);\nselect nonsense;", encoding="utf-8")

    with pytest.raises(Exception, match="nonsense"):
        migrate_database(empty_dsn, folder=steps)
    (steps / "0003_third.sql").unlink()

    assert migrate_database(empty_dsn, folder=steps) == 2


def test_a_newer_database_is_refused(empty_dsn: str, steps: Path) -> None:
    migrate_database(empty_dsn, folder=steps)
    (steps / "0002_second.sql").unlink()
    with pytest.raises(NewerDatabase, match="schema version 2, this release of Folkmoot knows 1"):
        migrate_database(empty_dsn, folder=steps)


def test_somebody_elses_database_is_refused_and_left_alone(empty_dsn: str, steps: Path) -> None:
    made(empty_dsn, "create table theirs (x integer)")
    with pytest.raises(ForeignDatabase, match="tables of another program"):
        migrate_database(empty_dsn, folder=steps)
    assert asked(empty_dsn, "select count(*) from theirs") == [(0,)]
    on_server = "select tablename from pg_tables where schemaname = 'public'"
    assert asked(empty_dsn, on_server if is_postgresql(empty_dsn) else "select name from sqlite_schema") == [
        ("theirs",)
    ]


def test_several_starters_do_not_disturb_each_other(empty_dsn: str, steps: Path) -> None:
    with ThreadPoolExecutor(6) as starters:
        taken = [starters.submit(migrate_database, empty_dsn, folder=steps) for _ in range(6)]
    assert sorted(future.result() for future in taken) == [0, 0, 0, 0, 0, 2]


def test_this_release_migrates_and_opens(empty_dsn: str, clock: SetClock) -> None:
    db = open_db(empty_dsn, clock=clock)
    with db.read() as reader:
        assert reader.value("select version from schema_version") == len(migrations(db.dialect))
    db.close()


@pytest.mark.parametrize(
    "names", [["0002_x.sql"], ["0001_x.sql", "0003_y.sql"], ["0001_x.sql", "0001_y.sql"], ["1.sql"]]
)
def test_steps_are_numbered_without_a_gap(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("select 1;", encoding="utf-8")
    with pytest.raises(ValueError, match="migration"):
        migrations(SQLITE, tmp_path)


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        statements("create table x (id $unheard_of);", SQLITE)


def test_no_reference_is_checked_at_the_commit_only() -> None:
    """A commit that fails answers all commands of a batch "not done": one command's mistake must not do that."""
    for dialect in (SQLITE, POSTGRESQL):
        for step in migrations(dialect, MIGRATIONS):
            assert not [statement for statement in step.statements if "deferr" in statement.lower()]


def test_the_written_schema_is_what_the_migrations_make(dsn: str, clock: SetClock) -> None:
    """When it is not, `python -m tests.db.schema_files` writes it anew."""
    db = open_db(dsn, clock=clock, migrate=False)
    with db.read() as reader:
        assert schema_file(db.dialect).read_text(encoding="utf-8") == schema_text(reader)
    db.close()
