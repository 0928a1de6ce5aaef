"""Migrating an SQLite file: under the lock that every writer takes."""

from pathlib import Path

import apsw

from folkmoot.db.dialect import SQLITE
from folkmoot.db.faults import StorageFault
from folkmoot.db.file_lock import FileLock
from folkmoot.db.migrate import VERSION_TABLE, migrations, pending, refuse_foreign
from folkmoot.db.sqlite_files import connected, fault_from, lock_path, real_path

_CACHE_BYTES = 8 * 1024 * 1024


def migrate_sqlite(dsn: str, folder: Path) -> int:
    """Take the missing steps in one transaction. Returns their number."""
    path = real_path(dsn)
    lock = FileLock(lock_path(path))
    try:
        with lock:
            connection = connected(path, cache_bytes=_CACHE_BYTES)
            try:
                return _migrate(connection, folder)
            except apsw.Error as error:
                raise fault_from(error) from error
            finally:
                connection.close(force=True)
    finally:
        lock.close()


def _migrate(connection: apsw.Connection, folder: Path) -> int:
    steps = migrations(SQLITE, folder)
    connection.execute("pragma foreign_keys = off").fetchall()  # a table that is built anew is missing for a moment
    connection.transaction_mode = "IMMEDIATE"
    with connection:
        refuse_foreign({str(name) for (name,) in connection.execute("select name from sqlite_schema")})
        connection.execute(VERSION_TABLE)
        version = connection.execute("select coalesce(max(version), 0) from schema_version").get
        missing = pending(steps, version)
        for step in missing:
            for statement in step.statements:
                connection.execute(statement).fetchall()
        if missing:
            connection.execute("delete from schema_version")
            connection.execute("insert into schema_version (version) values (?)", (len(steps),))
            broken = connection.execute("pragma foreign_key_check").fetchall()
            if broken:
                raise StorageFault(f"a migration left references to nothing: {broken[:3]}")
    return len(missing)
