"""What does a file in the text form of a thread say? Strict: a file is refused, or can be written again byte for byte.

The file is cut at its empty lines into blocks. A block whose first line could be an item's and carries no guard is an
item's head; any other is a paragraph of the item before it, or of the post. Nothing is recursive, and each block is
looked at a fixed number of times, so time grows with the size of the file alone.
"""

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from folkmoot.model.limits import IMPORT_DEPTH_MAX, IMPORT_ITEMS_MAX, IMPORT_MAX_BYTES
from folkmoot.text.ages import Age, parse_age
from folkmoot.text.lookalikes import (
    AGE_MARK,
    ARCHIVE_MARK,
    AUTHOR_MARK,
    BULLET,
    EDIT_MARK,
    GUARD,
    is_handle,
    is_item_lookalike,
    is_start_lookalike,
)
from folkmoot.text.thread_paragraphs import has_paragraph_shape
from folkmoot.text.thread_values import UNKNOWN_AUTHOR, ThreadItem, ThreadText, ThreadTextFault

_FORBIDDEN = re.compile("[\x00\r]")
_BULLET_FIRST = re.compile(f" *+{BULLET}")
_BOM = b"\xef\xbb\xbf"
_SHOWN_CHARS = 40


class _Head(NamedTuple):
    level: int
    handle: str
    author_mark: bool
    edited: bool
    age: Age


def parse_thread(data: bytes, *, by: str | None = None) -> ThreadText:
    """Return the thread that the file shows; `format_thread` gives the same bytes back.

    Args:
        data: The whole file.
        by: The handle of the post's author where it is known from elsewhere. With none, and no mark in the file, the
            author is unknown@imported.invalid.

    Raises:
        ThreadTextFault: The file is not in the text form, passes a limit of import, or marks another author's items
            than those of the post's author.
    """
    if by is not None and not is_handle(by):
        raise ThreadTextFault(None, f"a handle name@host for the post's author, found {_shown(by)}")
    text = _text(data)
    archive_offered = False
    texts: list[list[str]] = [[]]  # the post's paragraphs, then each item's
    heads: list[_Head] = []
    lines = array("L")  # of each head
    for line, block in _blocks(text):
        if line == 1 and block.partition("\n")[0] == ARCHIVE_MARK:
            archive_offered = _archive_mark(block)
        elif _is_head(block):
            heads.append(_head(block, line, heads))
            lines.append(line)
            texts.append([])
        else:
            texts[-1].append(_paragraph(block, line, 2 * heads[-1].level + 2 if heads else 0))
    _check_author_marks(heads, lines, by)
    items = (ThreadItem(*head, tuple(below)) for head, below in zip(heads, texts[1:], strict=True))
    return ThreadText(archive_offered, tuple(texts[0]), tuple(items))


def post_author(thread: ThreadText, by: str | None) -> str:
    """Return the handle of the post's author: the marked one as first spelled, else `by`, else the unknown author."""
    return next((item.handle for item in thread.items if item.author_mark), by or UNKNOWN_AUTHOR)


def _text(data: bytes) -> str:
    """Decode the file, and refuse what no part of any file may hold."""
    if len(data) > IMPORT_MAX_BYTES:
        raise ThreadTextFault(None, f"at most {IMPORT_MAX_BYTES:,} bytes, found {len(data):,}")
    if not data:
        raise ThreadTextFault(1, "text, an item or the archive mark, found an empty file")
    if data.startswith(_BOM):
        raise ThreadTextFault(1, "a file without byte order mark, found U+FEFF")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise ThreadTextFault(line, f"UTF-8, found the byte 0x{data[fault.start]:02X}") from fault
    if forbidden := _FORBIDDEN.search(text) if "\r" in text or "\x00" in text else None:
        expected = "line feeds alone, found a carriage return" if forbidden[0] == "\r" else "text, found U+0000"
        raise ThreadTextFault(text.count("\n", 0, forbidden.start()) + 1, expected)
    if text.endswith("\n") and (rest := text.rstrip("\n")):
        raise ThreadTextFault(rest.count("\n") + 1, "the end of the file behind this line, found a line feed")
    return text


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Cut the file at its empty lines; each block comes with the number of its first line."""
    line, start = 1, 0
    while start >= 0:
        end = text.find("\n\n", start)
        block = text[start:] if end < 0 else text[start:end]
        if not block or block.startswith("\n"):
            raise ThreadTextFault(line, "text or an item, found an empty line")
        yield line, block
        line += block.count("\n") + 2
        start = end + 2 if end >= 0 else -1


def _archive_mark(block: str) -> bool:
    if block != ARCHIVE_MARK:
        under = block.partition("\n")[2]
        raise ThreadTextFault(2, f"an empty line under the archive mark, found {_shown(under)}")
    return True


def _is_head(block: str) -> bool:
    if _BULLET_FIRST.match(block) is None:
        return False
    first, below, *_ = [*block.split("\n", 2), ""]
    return is_item_lookalike(first, below)


def _head(block: str, line: int, above: list[_Head]) -> _Head:
    """Read an item's first lines; after them the block must end."""
    lines = block.split("\n", 5)
    bare = lines[0].lstrip(" ")
    indent = len(lines[0]) - len(bare)
    level = _level(indent, line, above)
    handle = bare.removeprefix(BULLET)
    if not is_handle(handle):
        raise ThreadTextFault(line, f"a handle name@host behind the bullet, found {_shown(handle)}")
    pad = " " * (indent + 2)
    at = 1
    marked = _has(lines, at, pad + AUTHOR_MARK)
    at += marked
    if not _has(lines, at, pad + AGE_MARK):
        _refuse_head(lines, at, line, f'"{AGE_MARK}"' if marked else f'"{AGE_MARK}" or "{AUTHOR_MARK}"', pad)
    at += 1
    edited = _has(lines, at, pad + EDIT_MARK)
    at += edited
    age = parse_age(lines[at][len(pad) :]) if at < len(lines) and lines[at].startswith(pad) else None
    if age is None:
        _refuse_head(lines, at, line, 'an age as "2 hours ago"' if edited else f'an age or "{EDIT_MARK}"', pad)
    if at + 1 < len(lines):
        raise ThreadTextFault(line + at + 1, f"an empty line under the age, found {_shown(lines[at + 1])}")
    return _Head(level, handle, marked, edited, age)


def _level(indent: int, line: int, above: list[_Head]) -> int:
    deepest = above[-1].level + 1 if above else 1
    level, odd = divmod(indent, 2)
    if odd or not 1 <= level <= deepest:
        wanted = "2 spaces" if deepest == 1 else f"an even number of spaces from 2 to {2 * deepest}"
        raise ThreadTextFault(line, f"{wanted} before an item, found {indent}")
    if level > IMPORT_DEPTH_MAX:
        raise ThreadTextFault(line, f"an item of at most level {IMPORT_DEPTH_MAX:,}, found level {level:,}")
    if len(above) >= IMPORT_ITEMS_MAX:
        raise ThreadTextFault(line, f"at most {IMPORT_ITEMS_MAX:,} items, found one more")
    return level


def _has(lines: list[str], at: int, wanted: str) -> bool:
    return at < len(lines) and lines[at] == wanted


def _refuse_head(lines: list[str], at: int, line: int, wanted: str, pad: str) -> NoReturn:
    found = _shown(lines[at]) if at < len(lines) else "nothing"
    raise ThreadTextFault(line + at, f"{wanted} behind {len(pad)} spaces, found {found}")


def _paragraph(block: str, line: int, indent: int) -> str:
    """Take the indentation and the guards off a block that is no head."""
    if BULLET not in block:
        pad = " " * indent
        text = block[indent:].replace("\n" + pad, "\n") if indent else block
        indented = block.startswith(pad) and block.count("\n" + pad) == block.count("\n")
        if indented and has_paragraph_shape(text):
            return _without_start_guard(text) if line == 1 else text
    return _paragraph_by_lines(block, line, indent)


def _paragraph_by_lines(block: str, line: int, indent: int) -> str:
    lines = block.split("\n")
    text: list[str] = []
    for at, (raw, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        _check_text_line(raw, below, line + at, indent)
        shown = raw[indent:]
        text.append(shown[1:] if is_item_lookalike(shown, below) else shown)
    return _without_start_guard("\n".join(text)) if line == 1 else "\n".join(text)


def _check_text_line(raw: str, below: str, line: int, indent: int) -> None:
    if not raw.startswith(GUARD) and is_item_lookalike(raw, below):
        raise ThreadTextFault(line, f"an empty line before an item, or text without bullet, found {_shown(raw)}")
    if len(raw) > indent and raw.startswith(" " * indent):
        return
    margin = raw[:indent].lstrip(" ")
    if margin.startswith("\t"):
        raise ThreadTextFault(line, f"{indent} spaces before the text, found a tab")
    if not margin:
        raise ThreadTextFault(line, f"an empty line or text behind {indent} spaces, found {len(raw)} spaces alone")
    raise ThreadTextFault(line, f"text behind at least {indent} spaces, or an item, found {_shown(raw)}")


def _without_start_guard(text: str) -> str:
    return text.removeprefix(GUARD) if is_start_lookalike(text.partition("\n")[0]) else text


def _check_author_marks(heads: list[_Head], lines: "array[int]", by: str | None) -> None:
    author = by or next((head.handle for head in heads if head.author_mark), UNKNOWN_AUTHOR)
    folded = author.casefold()
    for head, line in zip(heads, lines, strict=True):
        own = head.handle.casefold() == folded
        if own and not head.author_mark:
            raise ThreadTextFault(line + 1, f'"{AUTHOR_MARK}", as the post is by {_shown(author)}, found "{AGE_MARK}"')
        if head.author_mark and not own:
            raise ThreadTextFault(line + 1, f'"{AGE_MARK}", as the post is by {_shown(author)}, found "{AUTHOR_MARK}"')


def _shown(text: str) -> str:
    """Quote the beginning of a stranger's line, with escapes for what a terminal would obey or not show."""
    text = text.partition("\n")[0]
    return repr(text[:_SHOWN_CHARS] + "…" if len(text) > _SHOWN_CHARS else text)
