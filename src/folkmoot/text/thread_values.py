"""What does the text form of a thread say? Its values, and the fault that a file of another form is refused with."""

from dataclasses import dataclass

from folkmoot.text.ages import Age

UNKNOWN_AUTHOR = "unknown@imported.invalid"
"""Who wrote the post when nobody says so."""
DELETED_TEXT = "deleted by author"
REMOVED_TEXT = "removed by moderator"
"""These two, as the only paragraph, are the tombstones."""


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """One comment as shown.

    Args:
        level: From 1, the top, to one more than the level of the item before it.
        handle: `name@host` as spelled at this item; see `folkmoot.text.lookalikes.is_handle`.
        author_mark: Whether it is by the post's author; so at all of that person's items or at none.
        edited: Whether the age is that of the last edit.
        age: As it was shown, whatever the order says: a reply may be older than what it answers.
        paragraphs: Legal ones, see `folkmoot.text.thread_paragraphs`; may be empty.
    """

    level: int
    handle: str
    author_mark: bool
    edited: bool
    age: Age
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadText:
    """A whole thread as shown: the mark of an archived article, the post's paragraphs, the comments in order.

    At least one of the three is there. A reply follows what it answers, before the next item of the same level.
    """

    archive_offered: bool
    body: tuple[str, ...]
    items: tuple[ThreadItem, ...]


class ThreadTextFault(Exception):
    """A file that is not the text form of a thread. `str()` of it is one sentence: `line 7: expected …`.

    `line` counts from 1 and names the line where `expected` was not found; None where the file as a whole is meant.
    It is one more than the file has where something is missing at its end.
    """

    def __init__(self, line: int | None, expected: str) -> None:
        super().__init__(f"expected {expected}" if line is None else f"line {line}: expected {expected}")
        self.line = line
        self.expected = expected
