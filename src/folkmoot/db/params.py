"""How does a parameter reach the driver? As one of few plain types, with texts that both databases can keep."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from folkmoot.db.base import Param
from folkmoot.db.faults import TextFault

_TOKEN = re.compile(
    r"""
    '(?:[^']|'')*'              # a text literal
    | "(?:[^"]|"")*"            # a quoted name
    | --[^\n]*                  # a comment
    | ::                        # a cast of PostgreSQL
    | :([a-z_][a-z0-9_]*)       # a parameter
    """,
    re.VERBOSE,
)

Plain = int | str | bytes | float | None


class Ints(list[Any]):
    """A list of plain ints and nothing else, which the driver need not look through."""


def checked_text(value: str) -> str:
    """Refuse a text that one of the databases would refuse, cut short, or change.

    Raises:
        TextFault: it contains U+0000 or a lone surrogate.
    """
    if "\0" in value:
        raise TextFault("a text contains U+0000")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise TextFault(f"a text contains a lone surrogate at position {error.start}") from None
    return value


def sqlite_params(params: dict[str, Any]) -> dict[str, Plain]:
    """Make of the parameters what SQLite binds, in the mapping itself; a list becomes JSON, for `json_each`.

    It runs for each statement, so what nearly all values are is told first. The driver takes every kind of int.
    """
    for name, value in params.items():
        kind = type(value)
        if kind is int or value is None or (kind is str and value.isascii() and "\0" not in value):
            continue
        if not isinstance(value, int):
            params[name] = _plain(value)
    return params


def _plain(value: Param) -> Plain:
    if value is None or type(value) is int:
        return value
    if isinstance(value, str):
        return str(checked_text(value))
    if isinstance(value, bytes | float):
        return value
    if isinstance(value, int):
        return int(value)
    return msgspec.json.encode(_plain_list(value)).decode()


def _plain_list(values: object) -> list[int] | list[str]:
    if not isinstance(values, Sequence):
        raise TypeError(f"a parameter is a {type(values).__name__}")
    if values and isinstance(values[0], str):
        return [str(checked_text(value)) for value in values]
    return list(map(int, values))


def postgresql_params(names: tuple[str, ...], params: Mapping[str, Param]) -> tuple[Plain | list[int] | list[str], ...]:
    """Give the parameters in the order of `numbered`; a list stays one, and becomes an array."""
    return tuple([_plain_or_list(params[name]) for name in names])


def _plain_or_list(value: Param) -> Plain | list[int] | list[str]:
    if type(value) is int or value is None:
        return value
    if isinstance(value, int | str | bytes | float):
        return _plain(value)
    values = _plain_list(value)
    return Ints(values) if values and type(values[0]) is int else values


@lru_cache(maxsize=4096)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """Rewrite `:name` to `$1`, as PostgreSQL has it, and say which name each number is."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group() if name is None else f"${names.setdefault(name, len(names) + 1)}"

    text = _TOKEN.sub(number, sql)
    return text, tuple(names)
