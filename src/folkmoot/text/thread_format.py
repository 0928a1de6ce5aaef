"""What does a thread look like as plain text? The inverse of `folkmoot.text.thread_parse`, for threads of any size."""

from collections.abc import Iterable, Iterator

from folkmoot.text.ages import age_text
from folkmoot.text.lookalikes import (
    AGE_MARK,
    ARCHIVE_MARK,
    AUTHOR_MARK,
    BULLET,
    EDIT_MARK,
    GUARD,
    guarded,
    is_handle,
    is_start_lookalike,
)
from folkmoot.text.thread_paragraphs import is_paragraph
from folkmoot.text.thread_values import ThreadItem, ThreadText


def format_thread(thread: ThreadText) -> bytes:
    """Return the text form: what `parse_thread` makes the same thread of, within the limits of import.

    The size grows with the depth: each line of level n stands behind 2n + 2 spaces.

    Raises:
        ValueError: The thread is none that the form has room for. Texts that people wrote must have gone through
            `paragraphs_from_text`, and the author's mark must follow the handle.
    """
    _check_levels(thread.items)
    _check_author_marks(thread.items)
    blocks = [ARCHIVE_MARK] if thread.archive_offered else []
    blocks += _texts(thread.body, 0)
    if thread.body and not thread.archive_offered and is_start_lookalike(thread.body[0].partition("\n")[0]):
        blocks[0] = GUARD + blocks[0]
    for item in thread.items:
        blocks.append(_head(item))
        blocks += _texts(item.paragraphs, _indent(item))
    if not blocks:
        raise ValueError("a thread without archive mark, body and items has no text form")
    return "\n\n".join(blocks).encode()


def _indent(item: ThreadItem) -> int:
    return 2 * item.level + 2


def _head(item: ThreadItem) -> str:
    if not is_handle(item.handle):
        raise ValueError(f"not a handle: {item.handle!r}")
    lines = [" " * (2 * item.level) + BULLET + item.handle]
    pad = " " * _indent(item)
    if item.author_mark:
        lines.append(pad + AUTHOR_MARK)
    lines.append(pad + AGE_MARK)
    if item.edited:
        lines.append(pad + EDIT_MARK)
    lines.append(pad + age_text(item.age))
    return "\n".join(lines)


def _texts(paragraphs: Iterable[str], indent: int) -> Iterator[str]:
    pad = " " * indent
    for paragraph in paragraphs:
        if not is_paragraph(paragraph):
            raise ValueError(f"not a paragraph: {paragraph[:80]!r}")
        text = guarded(paragraph)
        yield pad + text.replace("\n", "\n" + pad) if indent else text


def _check_levels(items: Iterable[ThreadItem]) -> None:
    above = 0
    for item in items:
        if not 1 <= item.level <= above + 1:
            raise ValueError(f"an item of level {item.level} below one of level {above}")
        above = item.level


def _check_author_marks(items: tuple[ThreadItem, ...]) -> None:
    author = next((item.handle.casefold() for item in items if item.author_mark), None)
    for item in items:
        if author is not None and item.author_mark != (item.handle.casefold() == author):
            raise ValueError(f"the author's mark does not follow the handle at {item.handle!r}")
