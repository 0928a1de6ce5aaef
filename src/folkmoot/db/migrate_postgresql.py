"""Migrating a PostgreSQL database: under an advisory lock, so that of several starters one does it."""

from pathlib import Path

import psycopg

from folkmoot.db.dialect import POSTGRESQL
from folkmoot.db.migrate import VERSION_TABLE, migrations, pending, refuse_foreign
from folkmoot.db.postgresql_connections import connected
from folkmoot.db.postgresql_statements import Connection
from folkmoot.db.postgresql_tx import fault_from

_LOCK = 0x666F6C6B
"""The letters folk. Whoever else migrates in this database takes another number."""

_NEXT_IDS = """
create or replace function folkmoot_next_ids(kind text, count bigint) returns bigint language plpgsql as $body$
declare
    ids regclass := (kind || '_ids')::regclass;
    first bigint;
begin
    if count = 1 then
        perform pg_advisory_lock_shared(1718579819, hashtext(kind));
        first := nextval(ids);
        perform pg_advisory_unlock_shared(1718579819, hashtext(kind));
    else
        perform pg_advisory_lock(1718579819, hashtext(kind));
        first := nextval(ids);
        perform setval(ids, first + count - 1);
        perform pg_advisory_unlock(1718579819, hashtext(kind));
    end if;
    return first;
end
$body$
"""
"""A sequence gives one number at a time; who wants many in a row keeps the others away for as long as this takes.
The lock is not the transaction's: it is free again when the function returns."""


def migrate_postgresql(dsn: str, folder: Path) -> int:
    """Take the missing steps in one transaction. Returns their number."""
    try:
        with connected(dsn) as connection, connection.transaction():
            return _migrate(connection, folder)
    except psycopg.Error as error:
        raise fault_from(error) from error


def _migrate(connection: Connection, folder: Path) -> int:
    steps = migrations(POSTGRESQL, folder)
    connection.execute(f"select pg_advisory_xact_lock({_LOCK})".encode())
    connection.execute(b"set local client_min_messages = warning")
    tables = connection.execute(b"select tablename from pg_tables where schemaname = current_schema()").fetchall()
    refuse_foreign({str(name) for (name,) in tables})
    connection.execute(VERSION_TABLE.encode())
    row = connection.execute(b"select coalesce(max(version), 0) from schema_version").fetchone()
    missing = pending(steps, 0 if row is None else row[0])
    for step in missing:
        for statement in step.statements:
            connection.execute(statement.encode())
    if missing:
        connection.execute(_NEXT_IDS.encode())
        connection.execute(b"delete from schema_version")
        connection.execute(b"insert into schema_version (version) values ($1)", (len(steps),))
    return len(missing)
