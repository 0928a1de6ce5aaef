"""What does a thread look like as plain text? The inverse of `folkmoot.text.thread_parse`, for threads of any size."""

from collections.abc import Collection, Iterable, Iterator

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
    _check_handles({(item.handle, item.author_mark) for item in thread.items})
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
    pad = " " * _indent(item)
    author = f"{pad}{AUTHOR_MARK}\n" if item.author_mark else ""
    edited = f"{pad}{EDIT_MARK}\n" if item.edited else ""
    return f"{pad[2:]}{BULLET}{item.handle}\n{author}{pad}{AGE_MARK}\n{edited}{pad}{age_text(item.age)}"


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


def _check_handles(marked: Collection[tuple[str, bool]]) -> None:
    """Refuse what is no handle, and author's marks that do not follow the handles."""
    authors = {handle.casefold() for handle, mark in marked if mark}
    for handle, mark in marked:
        if not is_handle(handle):
            raise ValueError(f"not a handle: {handle!r}")
        if authors and (len(authors) > 1 or mark != (handle.casefold() in authors)):
            raise ValueError(f"the author's mark does not follow the handle at {handle!r}")
