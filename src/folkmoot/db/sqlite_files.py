"""How is a SQLite file opened? Every setting is explained in `docs/sqlite.md`; keep the two together."""

import re
from pathlib import Path

import apsw

from folkmoot.db.faults import ConstraintFault, StorageFault, TooLong, UnsuitablePlace
from folkmoot.db.file_lock import MOUNTS, network_file_system

BUSY_TIMEOUT_MS = 5_000
WAL_KEPT_BYTES = 16 * 1024 * 1024
STATEMENTS_KEPT = 300

_EVERYWHERE = (
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma mmap_size = 0",
    "pragma trusted_schema = off",
    "pragma cell_size_check = on",
    f"pragma journal_size_limit = {WAL_KEPT_BYTES}",
)


def real_path(dsn: str) -> Path:
    """Give the one path of a database file, so that all who open it meet at the same lock.

    Raises:
        UnsuitablePlace: it lies on a network file system, or is no file.
    """
    if dsn in {":memory:", ""} or re.match("[a-z]+:", dsn):
        raise UnsuitablePlace(f"not a path of a database file: {dsn!r}")
    path = Path(dsn).resolve()
    mounts = MOUNTS.read_text(errors="surrogateescape") if MOUNTS.exists() else ""
    kind = network_file_system(path, mounts)
    if kind is not None:
        raise UnsuitablePlace(
            f"{path} lies on a network file system ({kind}), where SQLite's locks cannot be trusted; "
            "keep it on a local disk, or use PostgreSQL"
        )
    return path


def lock_path(path: Path) -> Path:
    """Give the side file whose lock every writer of this database takes."""
    return path.with_name(path.name + ".lock")


def connected(path: Path, *, cache_bytes: int, read_only: bool = False) -> apsw.Connection:
    """Open a connection with the house's settings.

    Raises:
        StorageFault: the file cannot be opened, or is no database.
    """
    try:
        connection = apsw.Connection(str(path), statementcachesize=STATEMENTS_KEPT)
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        # Or each new value of a parameter has the statement planned anew, which costs ten times what it does.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        mode = connection.execute("pragma journal_mode = wal").fetchall()
        if mode != [("wal",)]:
            raise UnsuitablePlace(f"{path} cannot have a write-ahead log")
        for pragma in (*_EVERYWHERE, f"pragma cache_size = -{cache_bytes // 1024}"):
            connection.execute(pragma).fetchall()
        connection.wal_autocheckpoint(0)
        # Checkpoints do nothing, silently, on a connection that has read nothing yet.
        connection.execute("select count(*) from sqlite_schema").fetchall()
        if read_only:
            connection.execute("pragma query_only = on").fetchall()
    except apsw.Error as error:
        raise fault_from(error) from error
    return connection


def fault_from(error: apsw.Error) -> Exception:
    """Say in our words what SQLite's error means; one that is a bug of the statement stays as it is."""
    if isinstance(error, apsw.ConstraintError):
        return ConstraintFault(str(error))
    if isinstance(error, apsw.InterruptError):
        return TooLong("a read lived longer than it may")
    if isinstance(error, _STORAGE):
        return StorageFault(f"{type(error).__name__}: {error}")
    return error


_STORAGE = (
    apsw.BusyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FullError,
    apsw.IOError,
    apsw.LockedError,
    apsw.NoMemError,
    apsw.NotADBError,
    apsw.PermissionsError,
    apsw.ProtocolError,
    apsw.ReadOnlyError,
)
