"""Where does the house keep things? In a `Db`, opened by its address: a file of SQLite, or a server of PostgreSQL."""

from pathlib import Path

from folkmoot.db.base import Clock, Db, Param, Reader, Stats, Tx, Value
from folkmoot.db.migrate import MIGRATIONS

__all__ = ["Clock", "Db", "Param", "Reader", "Stats", "Tx", "Value", "is_postgresql", "migrate_database", "open_db"]

CACHE_BYTES = 16 * 1024 * 1024
"""Of SQLite. The system keeps the file, too: at 2 GB, half or twice as much changes what pages cost by under 5 %."""
CONNECTIONS = 8


def is_postgresql(dsn: str) -> bool:
    """Tell a server's address from a file's path."""
    return dsn.startswith(("postgresql://", "postgres://"))


def open_db(
    dsn: str,
    *,
    clock: Clock,
    migrate: bool = True,
    cache_bytes: int = CACHE_BYTES,
    connections: int = CONNECTIONS,
) -> Db:
    """Open the database, making and migrating it where that is needed.

    Args:
        dsn: the path of an SQLite file, or `postgresql://…`. A folder must exist, and so must a PostgreSQL database.
        clock: the time that commands see; asked in other threads.
        migrate: False where somebody else has done it.
        cache_bytes: of SQLite, for all connections of this process together.
        connections: to PostgreSQL, of this process.

    Raises:
        StorageFault: it cannot be reached or opened.
        UnsuitablePlace: the file lies where its locks cannot be trusted.
        NewerDatabase: a later release has migrated it.
    """
    if migrate:
        migrate_database(dsn)
    if is_postgresql(dsn):
        from folkmoot.db.postgresql import PostgresqlDb  # noqa: PLC0415 -- 20 MB that SQLite's users need not load

        return PostgresqlDb(dsn, clock=clock, connections=connections)
    from folkmoot.db.sqlite import SqliteDb  # noqa: PLC0415 -- and the other way round
    from folkmoot.db.sqlite_files import real_path  # noqa: PLC0415 -- as above

    return SqliteDb(real_path(dsn), clock=clock, cache_bytes=cache_bytes)


def migrate_database(dsn: str, *, folder: Path = MIGRATIONS) -> int:
    """Bring a database to this release's version; make it where it is missing. Several may do so at once.

    Returns:
        How many steps were taken.

    Raises:
        NewerDatabase: a later release has migrated it.
        StorageFault: it cannot be reached or opened.
    """
    if is_postgresql(dsn):
        from folkmoot.db.migrate_postgresql import migrate_postgresql  # noqa: PLC0415 -- 20 MB that SQLite's users save

        return migrate_postgresql(dsn, folder)
    from folkmoot.db.migrate_sqlite import migrate_sqlite  # noqa: PLC0415 -- as above

    return migrate_sqlite(dsn, folder)
