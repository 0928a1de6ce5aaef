"""What tables does this release have? The whole schema as one text a database, made from a migrated one.

The texts are kept beside this module (`schema.sqlite.sql`, `schema.postgresql.sql`) to be read; a test holds them
equal to what the migrations make. `python -m tests.db.schema_files` writes them anew.
"""

from collections.abc import Iterator
from pathlib import Path

from folkmoot.db.base import Reader
from folkmoot.db.dialect import SQLITE, Dialect


def schema_file(dialect: Dialect) -> Path:
    """Give the file that holds the schema of one database."""
    return Path(__file__).parent / f"schema.{dialect.name}.sql"


def schema_text(reader: Reader) -> str:
    """Write down all tables, indexes and sequences of the database."""
    parts = _sqlite_parts(reader) if reader.dialect is SQLITE else _postgresql_parts(reader)
    return (
        "-- Made from the migrations. Never edited, never run.\n\n" + "\n\n".join(f"{part};" for part in parts) + "\n"
    )


def _sqlite_parts(reader: Reader) -> Iterator[str]:
    for (sql,) in reader.rows(_TABLES_SQLITE):
        yield sql


_TABLES_SQLITE = """
    select sql from sqlite_schema where sql is not null and name not like 'sqlite~_%' escape '~' order by rowid
"""


_SEQUENCES_POSTGRESQL = """
    select format('create sequence %s as %s start with %s', c.relname, format_type(s.seqtypid, null), s.seqstart)
    from pg_sequence s join pg_class c on c.oid = s.seqrelid
    where c.relnamespace = current_schema()::regnamespace
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'i')
    order by c.relname
"""
_TABLES_POSTGRESQL = """
    select c.oid::bigint, c.relname::text from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by c.relname
"""
_COLUMNS_POSTGRESQL = """
    select concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attcollation = 'pg_catalog."C"'::regcollation then 'collate "C"' end,
        case when a.attnotnull then 'not null' end,
        case when a.attidentity = 'a' then 'generated always as identity' end,
        'default ' || pg_get_expr(d.adbin, d.adrelid))
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = :relation::oid and a.attnum > 0 and not a.attisdropped order by a.attnum
"""
_CONSTRAINTS_POSTGRESQL = """
    select format('constraint %s %s', conname, pg_get_constraintdef(oid, true)) from pg_constraint
    where conrelid = :relation::oid and contype in ('p', 'u', 'f', 'c')
    order by position(contype::text in 'pufc'), conname
"""
_INDEXES_POSTGRESQL = """
    select pg_get_indexdef(i.indexrelid, 0, true) from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = :relation::oid
        and not exists (select 1 from pg_constraint n where n.conindid = i.indexrelid and n.contype in ('p', 'u'))
    order by c.relname
"""


def _postgresql_parts(reader: Reader) -> Iterator[str]:
    yield from (line for (line,) in reader.rows(_SEQUENCES_POSTGRESQL))
    for relation, name in reader.rows(_TABLES_POSTGRESQL):
        lines = reader.rows(_COLUMNS_POSTGRESQL, relation=relation) + reader.rows(
            _CONSTRAINTS_POSTGRESQL, relation=relation
        )
        body = ",\n    ".join(line for (line,) in lines)
        yield f"create table {name} (\n    {body}\n)"
        yield from (line for (line,) in reader.rows(_INDEXES_POSTGRESQL, relation=relation))
