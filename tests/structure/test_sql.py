"""Every SQL statement of the package is one that sqlglot can read, in the words of each database that gets it.

A statement is what stands first in a call of `rows`, `row`, `value`, `run` or `run_many` of a reader or a transaction:
put together from constants of its module, from fragments that functions give, from either side of an `if`. Where it is
picked while the package runs, from a table of statements, all in the table are read instead.
"""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
import sqlglot

from folkmoot.db.dialect import POSTGRESQL, SQLITE, Dialect
from folkmoot.db.migrate import migrations

PACKAGE = Path(__file__).parents[2] / "src" / "folkmoot"
ROOMS = ("store", "queries", "db")
CALLS = frozenset({"rows", "row", "value", "run", "run_many"})
OTHER = {"sqlite": "_POSTGRESQL", "postgresql": "_SQLITE"}
"""How a constant ends that is for the other database alone."""
STATEMENT = re.compile(r"\s*(select|insert|update|delete|with)\s")
UNFINISHED = re.compile(r"(where|and|on|,|\{\})\s*$")
"""A fragment that another one completes."""
LOUD = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|JOIN|AND|ORDER BY|LIMIT)\b")


class Place(NamedTuple):
    """One call, and what its module and its function know."""

    module: str
    line: int
    sql: ast.expr
    function: ast.FunctionDef


def name_of(place: Place) -> str:
    return f"{place.module}:{place.line}"


def modules() -> Iterator[tuple[str, str]]:
    """Give the name and the text of each module that may hold SQL."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("**/*.py")):
            parts = path.relative_to(PACKAGE).with_suffix("").parts
            yield ".".join(("folkmoot", *parts)).removesuffix(".__init__"), path.read_text(encoding="utf-8")


def places() -> Iterator[Place]:
    for module, text in modules():
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Call) and is_statement(node.func) and node.args:
                        yield Place(module, node.lineno, node.args[0], function)


def is_statement(called: ast.expr) -> bool:
    match called:
        case ast.Attribute(value=ast.Name(id="reader" | "tx" | "self"), attr=attribute):
            return attribute in CALLS
        case _:
            return False


class Unknown(Exception):
    """What this statement says cannot be known without running the package."""


def texts(place: Place, dialect: Dialect, node: ast.expr | None = None) -> list[str]:
    """Give all texts that a statement can have in one database."""
    node = node or place.sql
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined(texts(place, dialect, left), texts(place, dialect, right))
        case ast.JoinedStr(values=values):
            return _joined(*(texts(place, dialect, value) for value in values))
        case ast.FormattedValue(value=value):
            return texts(place, dialect, value)
        case ast.IfExp(body=body, orelse=orelse):
            return texts(place, dialect, body) + texts(place, dialect, orelse)
        case ast.Name(id=name):
            assigned = _assigned(place.function, name)
            if assigned or name.endswith(OTHER[dialect.name]):
                return [text for value in assigned for text in texts(place, dialect, value)]
        case _:
            pass
    return [_evaluated(place, dialect, node)]


def _joined(*parts: list[str]) -> list[str]:
    return ["".join(chosen) for chosen in product(*parts)]


def _assigned(function: ast.FunctionDef, name: str) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]


def _evaluated(place: Place, dialect: Dialect, node: ast.expr) -> str:
    """Ask the module itself: a constant of it, or a fragment that one of its functions gives."""
    somebody = SimpleNamespace(dialect=dialect)
    known = {**vars(importlib.import_module(place.module)), "reader": somebody, "tx": somebody}
    try:
        text = eval(compile(ast.Expression(node), str(place), "eval"), known)  # noqa: S307 -- our own package
    except NameError as error:
        raise Unknown(f"{place}: {error}") from error
    assert isinstance(text, str)
    return text


def table_texts(value: object) -> Iterator[str]:
    """Give the statements in a table of a module: a mapping, a sequence, or the fields of a dataclass."""
    if isinstance(value, str):
        if STATEMENT.match(value) and not UNFINISHED.search(value):
            yield value
    elif isinstance(value, Mapping):
        yield from table_texts(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from table_texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from table_texts(tuple(getattr(value, field.name) for field in fields(value)))


def read(text: str, dialect: Dialect) -> None:
    assert len(sqlglot.parse(text, dialect="postgres" if dialect is POSTGRESQL else "sqlite")) == 1
    assert not LOUD.search(text), "statements are written in lower case"


ALL = list(places())
both = pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=lambda dialect: dialect.name)


def test_there_are_statements() -> None:
    assert {place.module.split(".")[1] for place in ALL} == set(ROOMS)


@both
@pytest.mark.parametrize("place", ALL, ids=name_of)
def test_a_statement_is_sql_of_both_databases(place: Place, dialect: Dialect) -> None:
    try:
        found = texts(place, dialect)
    except Unknown:
        found = []  # picked from a table, whose statements the next test reads
    for text in found:
        read(text, dialect)


@both
@pytest.mark.parametrize("module", [name for name, _ in modules()])
def test_the_tables_of_statements_are_sql_of_both_databases(module: str, dialect: Dialect) -> None:
    for name, value in vars(importlib.import_module(module)).items():
        if not name.endswith(OTHER[dialect.name]):
            for text in table_texts(value):
                read(text, dialect)


@both
def test_the_migrations_are_sql_of_both_databases(dialect: Dialect) -> None:
    for step in migrations(dialect):
        for text in step.statements:
            sqlglot.parse_one(text, dialect="postgres" if dialect is POSTGRESQL else "sqlite")
