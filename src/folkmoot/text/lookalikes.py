"""Which lines of a text could be taken for an item or for the archive mark? Those carry one U+200B in the text form.

A look-alike is a line of text that is

- any number of U+200B, any number of spaces, `• ` and a handle to the line's end;
- the same with anything else behind `• `, where the next line, without the spaces around it, is `·` or `hexagon`;
- as the first line of the file, any number of U+200B and `(archive link)`, or any number of U+200B and a line that
  begins with U+FEFF (which no file may begin with, as it would be taken for a byte order mark).

A look-alike with one U+200B more is a look-alike too, and nothing else becomes one or ceases to be one by it: so
putting one on every look-alike, and taking one off every look-alike that begins with one, undo each other. A
look-alike that begins with none is never text: it is an item or the mark, or the file is refused. That is why nobody
can forge an item by writing one.
"""

import re

from folkmoot.model.limits import HANDLE_MAX_CHARS

GUARD = "\u200b"
BULLET = "• "
ARCHIVE_MARK = "(archive link)"
AUTHOR_MARK = "hexagon"
AGE_MARK = "·"
EDIT_MARK = "edit-2"

_ITEM_START = re.compile(rf"{GUARD}*+ *+{BULLET}")
_HANDLE = re.compile(r"[^\s@]+@[^\s@]+")


def is_handle(text: str) -> bool:
    """Whether the text is `name@host`: neither empty, one `@`, no white space, at most 255 characters together."""
    return len(text) <= HANDLE_MAX_CHARS and _HANDLE.fullmatch(text) is not None


def is_item_lookalike(line: str, below: str) -> bool:
    """Whether the line could be taken for an item's first; `below` is the line under it, empty where there is none."""
    start = _ITEM_START.match(line)
    if start is None:
        return False
    return is_handle(line[start.end() :]) or below.strip(" ") in (AUTHOR_MARK, AGE_MARK)


def is_start_lookalike(line: str) -> bool:
    """Whether the line, as a file's first, could be taken for the archive mark or a byte order mark."""
    bare = line.lstrip(GUARD)
    return bare == ARCHIVE_MARK or bare.startswith("\ufeff")


def guarded(paragraph: str) -> str:
    """Return the paragraph with one U+200B more at each look-alike of an item."""
    if BULLET not in paragraph:
        return paragraph
    lines = paragraph.split("\n")
    below = [*lines[1:], ""]
    return "\n".join(
        GUARD + line if is_item_lookalike(line, next_line) else line
        for line, next_line in zip(lines, below, strict=True)
    )
