"""What must be done to a source so that parsing it is safe, bounded, and means what Lemmy's users mean?

The parser was measured with 50,000 characters of everything (`bench/render_markdown.py`). It is fast but for the few
patterns below; one of them, thousands of mail addresses, ends the process by exhausting its stack. Each guard leaves
alone whatever a person would write.
"""

import re
from typing import NamedTuple

from folkmoot.text.html import without_forbidden
from folkmoot.text.marks import HIDDEN_AT, HIDDEN_LT, HIDDEN_PAREN, NOTHING, OPEN_BRACE
from folkmoot.text.mention_syntax import hide_mentions
from folkmoot.text.spoilers import mark_spoilers

MAX_CONTAINERS = 24
"""Quotes and lists that may be opened on one line; what follows is text."""
MAX_MAIL_SIGNS = 100
"""The parser calls itself once for each bare mail address of a text."""
MAX_FOOTNOTES = 200
"""Footnote marks of a text; a text with more has none. Each costs 300 bytes of HTML."""
MAX_CELLS = 10_000
"""Columns times lines of all tables, as the parser fills short rows with empty cells; a text with more has none."""
_MAX_URL_RUN_CHARS = 2_000
_MAX_SIGNS_IN_RUN = 50

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])(?![A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|[^\s<>@]+@[^\s<>@]+>)")
_ESCAPED_BRACE = re.compile(r"(?<!\\)((?>(?:\\\\)*))\\\{")
_CONTAINER = r"[ \t]*+(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]))"
_TOO_DEEP = re.compile(
    rf"^(?![ \t]*([-*])(?>(?:[ \t]*\1)*)[ \t]*$)((?>(?:{_CONTAINER}){{{MAX_CONTAINERS}}})[ \t]*+)(?=\S)", re.MULTILINE
)
_DELIMITER_ROW = re.compile(r"^(?=[^\n|]*\|)(?=[^\n-]*-)[ \t>*+0-9.):|-]++$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_RUN = re.compile(r"[^ \t\n\x0b\x0c]+")
_URL_START = re.compile(r"://|www\.")


class Guarded(NamedTuple):
    """A source ready for the parser, and which of its extensions it may use."""

    source: str
    titles: tuple[str, ...]
    footnotes: bool
    tables: bool


def clean_source(source: str) -> str:
    """Return the source with a bare newline behind each line, and without what HTML forbids or we use for marks."""
    return without_forbidden(source.replace("\r\n", "\n").replace("\r", "\n"))


def guard_source(source: str) -> Guarded:
    """Make a clean source ready for the parser."""
    tables = "|" not in source or _cells(source) <= MAX_CELLS
    footnotes = "^" not in source or source.count("[^") + source.count("^[") <= MAX_FOOTNOTES
    if _TOO_DEEP.search(source):
        source = _TOO_DEEP.sub(rf"\2{NOTHING}", source)
    text, titles = mark_spoilers(source)
    return Guarded(_guard_inlines(text), titles, footnotes=footnotes, tables=tables)


def guard_inline(source: str) -> str:
    """Make one line ready for the parser, as inline text whatever it begins with."""
    return NOTHING + _guard_inlines(source)


def _guard_inlines(text: str) -> str:
    if "@" in text:
        text = _without_mail_flood(hide_mentions(text))
    if "<" in text:
        text = _MARKUP.sub("<" + NOTHING, text)
    if "\\{" in text:
        text = _ESCAPED_BRACE.sub(rf"\1{OPEN_BRACE}", text)
    if text.count(")") + text.count("<") > _MAX_SIGNS_IN_RUN:
        text = _RUN.sub(_calm_run, text)
    return text


def _without_mail_flood(text: str) -> str:
    parts = text.split("@", MAX_MAIL_SIGNS)
    if len(parts) <= MAX_MAIL_SIGNS:
        return text
    return "@".join([*parts[:-1], parts[-1].replace("@", HIDDEN_AT)])


def _calm_run(run: re.Match[str]) -> str:
    """Hide what makes the parser go back and forth in a bare address of thousands of characters."""
    text = run[0]
    if len(text) <= _MAX_URL_RUN_CHARS or not _URL_START.search(text):
        return text
    for sign, hidden in ((")", HIDDEN_PAREN), ("<", HIDDEN_LT)):
        head, *tail = text.split(sign, _MAX_SIGNS_IN_RUN)
        text = sign.join([head, *tail[:-1], tail[-1].replace(sign, hidden)]) if tail else head
    return text


def _cells(source: str) -> int:
    """Bound the cells of all tables from above: for each block with a delimiter row, its columns times its lines."""
    return sum(
        (block.count("\n") + 1) * max(row[0].count("|") + 1 for row in rows)
        for block in _BLANK_LINE.split(source)
        if (rows := list(_DELIMITER_ROW.finditer(block)))
    )
