"""Which statements did a query run, and how would the database run them?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw
import psycopg

from folkmoot.db.base import Db, Param, Reader
from folkmoot.db.dialect import Dialect
from folkmoot.db.params import numbered

_INDEX_SCANS = ("Index Scan", "Index Only Scan")
_MADE_ON_THE_WAY = ("json_each", "CONSTANT", "branch", "line")
"""What a statement makes itself: a list that it was given, the rows of a recursion."""
_LARGE = ("post", "post_rank", "comment", "comment_node", "vote", "edition", "modlog")


class RecordingReader:
    """A reader that remembers what it was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.statements: list[tuple[str, dict[str, Param]]] = []

    @property
    def dialect(self) -> Dialect:
        return self._reader.dialect

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        self.statements.append((sql, params))
        return self._reader.rows(sql, **params)

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        self.statements.append((sql, params))
        return self._reader.row(sql, **params)

    def value(self, sql: str, **params: Param) -> Any:
        self.statements.append((sql, params))
        return self._reader.value(sql, **params)

    def scanned(self) -> list[str]:
        """Name the tables that some statement reads from end to end, though the database was told to avoid it."""
        found: list[str] = []
        for sql, params in self.statements:
            found += _scanned(self._reader, sql, params)
        return found

    def work(self) -> int:
        """Say how much the statements do: steps of SQLite's machine, or pages that PostgreSQL looks at.

        PostgreSQL plans without knowing the parameters, as it may for statements that it has run often.
        """
        if self.dialect.name == "sqlite":
            return self._steps()
        return sum(_pages(self._reader, sql, params) for sql, params in self.statements)

    def _steps(self) -> int:
        connection: apsw.Connection = self._reader._connection  # type: ignore[attr-defined] # SQLite's reader has one
        seen: list[int] = []

        def profiled(event: dict[str, Any]) -> None:
            seen.append(event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"])

        connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, profiled)
        try:
            for sql, params in self.statements:
                self._reader.rows(sql, **params)
        finally:
            connection.trace_v2(0)
        return sum(seen)


def _pages(reader: Reader, sql: str, params: dict[str, Param]) -> int:
    text, names = numbered(sql)
    values = ", ".join(_literal(params[name]) for name in names)
    reader.value("select set_config('plan_cache_mode', 'force_generic_plan', true)")
    connection: psycopg.Connection[Any] = reader._connection  # type: ignore[attr-defined] # PostgreSQL's reader has one
    connection.execute(f"prepare measured as {text}".encode())
    plan = reader.value(f"explain (analyze, buffers, format json) execute measured({values})")
    connection.execute(b"deallocate measured")
    [found] = json.loads(plan) if isinstance(plan, str) else plan
    return int(found["Plan"]["Shared Hit Blocks"] + found["Plan"]["Shared Read Blocks"])


def _literal(value: Param) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    assert isinstance(value, list)
    return "'{" + ",".join(map(str, value)) + "}'"


@contextmanager
def recording(db: Db) -> Iterator[RecordingReader]:
    """Read, and remember the statements."""
    with db.read() as reader:
        yield RecordingReader(reader)


def _scanned(reader: Reader, sql: str, params: dict[str, Param]) -> Iterator[str]:
    if reader.dialect.name == "sqlite":
        for row in reader.rows(f"explain query plan {sql}", **params):
            words = row[3].split()
            if words[0] == "BLOOM":  # made anew of a whole table, at each call
                yield row[3]
            if words[0] == "SCAN" and words[1] not in _MADE_ON_THE_WAY:
                yield words[1]
        return
    # a small table is rightly scanned: forbid it, so that a scan is left only where no index serves
    reader.value("select set_config('enable_seqscan', 'off', true)")
    plan = reader.value(f"explain (format json) {sql}", **params)
    yield from _scans(json.loads(plan) if isinstance(plan, str) else plan)


def _scans(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _scans(part)
    elif isinstance(node, dict):
        kind = node.get("Node Type")
        whole = kind == "Seq Scan" or (kind in _INDEX_SCANS and "Index Cond" not in node)
        if whole and node["Relation Name"] in _LARGE:
            yield node["Relation Name"]
        for part in node.values():
            yield from _scans(part)
