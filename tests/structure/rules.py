"""The rules themselves: each looks at a module and gives the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.structure.source import Module, called_name

Rule = Callable[[Module], Iterator[int]]

SQL_ROOMS = ("store", "queries", "db")
_SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+table|alter\s+table)\b", re.DOTALL
)
_CHARACTERS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_POSSESSIVE_GROUP = re.compile(r"\(\?.*\)(?:[*+?]|\{[0-9,]+\})\+", re.DOTALL)
_BARE_IGNORE = re.compile(r"# (type: ignore\[[a-z-, ]+\]|noqa: [A-Z0-9, ]+)\s*$")


def module_says_what_it_answers(module: Module) -> Iterator[int]:
    if not ast.get_docstring(module.tree):
        yield 1


def sql_stays_in_its_rooms(module: Module) -> Iterator[int]:
    if module.room in SQL_ROOMS:
        return
    docstrings = {id(node.body[0].value) for node in ast.walk(module.tree) if _has_docstring(node)}  # type: ignore[attr-defined]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings and _SQL.search(str(node.value)):
            yield node.lineno


def _has_docstring(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    return isinstance(body, list) and bool(body) and isinstance(body[0], ast.Expr)


def html_is_made_by_text(module: Module) -> Iterator[int]:
    """Store and queries may say so of what they read, for text made it; an empty text is harmless."""
    if module.room not in ("text", "store", "queries"):
        yield from (
            call.lineno for call in module.calls() if called_name(call) == "Html" and ast.unparse(call) != "Html('')"
        )


def command_performs_no_other(module: Module) -> Iterator[int]:
    for function in module.functions():
        if function.name == "apply":
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and called_name(node).startswith("perform"):
                    yield node.lineno


def clock_is_asked_in_main_alone(module: Module) -> Iterator[int]:
    if module.name != "main.py":
        yield from (
            call.lineno
            for call in module.calls()
            if called_name(call) in ("time_ns", "utcnow", "now", "today", "gmtime")
        )


def ignore_has_a_reason(module: Module) -> Iterator[int]:
    for number, line in enumerate(module.text.splitlines(), 1):
        if _BARE_IGNORE.search(line):
            yield number


def group_is_repeated_without_plus(module: Module) -> Iterator[int]:
    """Before 3.11.5 Python matches `(?:ab?c)*+` wrongly (gh-106052); `(?>(?:ab?c)*)` is the same, and right in all."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and _POSSESSIVE_GROUP.search(_CHARACTERS.sub("x", str(node.value))):
            yield node.lineno


RULES: tuple[Rule, ...] = (
    module_says_what_it_answers,
    sql_stays_in_its_rooms,
    html_is_made_by_text,
    command_performs_no_other,
    clock_is_asked_in_main_alone,
    ignore_has_a_reason,
    group_is_repeated_without_plus,
)
