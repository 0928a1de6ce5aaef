"""What does a thread look like as plain text? The inverse of `folkmoot.text.thread_parse`, for threads of any size."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

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
from folkmoot.text.thread_paragraphs import has_oddities, is_paragraph, paragraphs_from_text
from folkmoot.text.thread_values import ThreadItem, ThreadText

_END = "\n"
_GAP = "\n\n"


def format_thread(thread: ThreadText) -> bytes:
    """Return the text form: what `parse_thread` makes the same thread of, within the limits of import.

    The size grows with the depth: each line of level n stands behind 2n + 2 spaces.

    Raises:
        ValueError: The thread is none that the form has room for. Texts that people wrote must have gone through
            `paragraphs_from_text`, and the author's mark must follow the handle.
    """
    _check_levels(thread.items)
    _check_handles({(item.handle, item.author_mark) for item in thread.items})
    _check_paragraphs(chain(thread.body, *(item.paragraphs for item in thread.items)))
    if not (thread.archive_offered or thread.body or thread.items):
        raise ValueError("a thread without archive mark, body and items has no text form")
    items = [
        item_block(
            item_frame(item.level, author_mark=item.author_mark, edited=item.edited),
            item.handle.encode(),
            age_text(item.age).encode(),
            _GAP.join(item.paragraphs),
        )
        for item in thread.items
    ]
    return joined_blocks(start_block(_GAP.join(thread.body), archive_offered=thread.archive_offered), items)


def start_block(body: str, *, archive_offered: bool) -> bytes:
    """Return what stands before the items: the archive's mark, and the post's text as for `item_block`."""
    text = _texts(body, "").removeprefix(_GAP)
    if archive_offered:
        text = f"{ARCHIVE_MARK}{_GAP}{text}" if text else ARCHIVE_MARK
    elif text and is_start_lookalike(text.partition("\n")[0]):
        text = GUARD + text
    return text.encode()


class ItemFrame(NamedTuple):
    """What all items of one level have around their handles and ages, and what stands before each line of theirs."""

    before: bytes
    between: bytes
    pad: str


def item_frame(level: int, *, author_mark: bool, edited: bool) -> ItemFrame:
    """Return what stands around an item's handle and age.

    Args:
        level: see `ThreadItem`.
        author_mark: whether the handle is that of who wrote the post.
        edited: whether the age is that of the last edit.
    """
    pad = " " * (2 * level + 2)
    author = f"{pad}{AUTHOR_MARK}\n" if author_mark else ""
    edit = f"{pad}{EDIT_MARK}\n" if edited else ""
    return ItemFrame(f"{pad[2:]}{BULLET}".encode(), f"\n{author}{pad}{AGE_MARK}\n{edit}{pad}".encode(), pad)


def item_block(frame: ItemFrame, handle: bytes, age: bytes, text: str) -> bytes:
    """Return one item.

    Args:
        frame: of its kind.
        handle: one that `is_handle`.
        age: as `age_text` says it.
        text: any stored plain text, in which empty lines part paragraphs.
    """
    before, between, pad = frame
    # encoded apart, for the frame is no ASCII, and most texts are
    return b"".join((before, handle, between, age, _texts(text, pad).encode()))


def joined_blocks(start: bytes, items: Sequence[bytes]) -> bytes:
    """Return the document."""
    return b"\n\n".join([start, *items] if start else items)


def _texts(text: str, pad: str) -> str:
    """Return the paragraphs of a stored text, each after an empty line, with their lines behind `pad`."""
    if has_oddities(text) or BULLET in text:
        paragraphs = map(guarded, paragraphs_from_text(text))
        return "".join([f"{_GAP}{pad}{each.replace(_END, _END + pad)}" for each in paragraphs])
    text = text.strip(_END)
    if _END in text and pad:
        text = text.replace(_END, _END + pad).replace(f"{_END}{pad}{_END}", _GAP)
    return f"{_GAP}{pad}{text}" if text else ""


def _check_paragraphs(paragraphs: Iterable[str]) -> None:
    for paragraph in paragraphs:
        if not is_paragraph(paragraph):
            raise ValueError(f"not a paragraph: {paragraph[:80]!r}")


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
