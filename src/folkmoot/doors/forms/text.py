"""What does a text browser show of a thread? The text form, which imports again: see `docs/thread-text.md`."""

from collections.abc import Sequence

from folkmoot.doors.handles import full_handle
from folkmoot.model.ids import PersonId
from folkmoot.queries.views import Absence, AuthorView, CommentView, ThreadView
from folkmoot.text.ages import age_text_between
from folkmoot.text.thread_text import (
    DELETED_TEXT,
    REMOVED_TEXT,
    ItemFrame,
    is_handle,
    item_block,
    item_frame,
    joined_blocks,
    start_block,
)


def text_form(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as plain text, with the ages of `view.as_of`.

    A post of which there would be nothing to show (no body, no archive, no comment) shows its title.
    """
    author = full_handle(view.post.author, site_url=site_url, spelled=view.post.handle).casefold()
    above = view.comments[0].depth - 1 if view.root is not None else 0
    items = _Items(view, above=above, author=author, site_url=site_url).blocks(view.comments)
    whole = view.root is None
    start = start_block(
        _shown(view.post.absence, view.post.text) if whole else "",
        archive_offered=whole and view.post.archive_offered,
    )
    if not (start or items):
        start = start_block(view.post.title, archive_offered=False)
    return joined_blocks(start, items)


class _Items:
    """Makes the items of one thread. `author`: the handle of who wrote the post, casefolded."""

    def __init__(self, view: ThreadView, *, above: int, author: str, site_url: str) -> None:
        self._now = view.as_of
        self._above = above
        self._author = author
        self._site_url = site_url
        self._handles: dict[tuple[PersonId, str | None], tuple[bytes, bool]] = {}
        self._frames: dict[tuple[int, bool, bool], ItemFrame] = {}

    def blocks(self, comments: Sequence[CommentView]) -> list[bytes]:
        now, above, handles, frames = self._now, self._above, self._handles.get, self._frames.get
        blocks: list[bytes] = []
        for comment in comments:
            (
                _, _, depth, _, _, person, spelled, _, _, text, _, _, _, published, updated, _, _, _, _, _, _, absence,
                _, _, _,
            ) = comment  # fmt: skip
            handle, mark = handles((person[0], spelled)) or self._handle(person, spelled)
            kind = depth - above, mark, updated is not None
            age = age_text_between(published if updated is None else updated, now).encode()
            blocks.append(item_block(frames(kind) or self._frame(kind), handle, age, text or _shown(absence, text)))
        return blocks

    def _frame(self, kind: tuple[int, bool, bool]) -> ItemFrame:
        level, mark, edited = kind
        found = self._frames[kind] = item_frame(level, author_mark=mark, edited=edited)
        return found

    def _handle(self, person: AuthorView, spelled: str | None) -> tuple[bytes, bool]:
        """Give a handle and whether it is the author's.

        By handle, not by person: the form knows people by nothing else, and is refused if one handle has both.

        Raises:
            ValueError: it is no handle: a line of it could be anything.
        """
        handle = full_handle(person, site_url=self._site_url, spelled=spelled)
        if not is_handle(handle):
            raise ValueError(f"not a handle: {handle!r}")
        found = self._handles[person.id, spelled] = handle.encode(), handle.casefold() == self._author
        return found


def _shown(absence: Absence, text: str) -> str:
    if absence is Absence.PRESENT:
        return text
    return DELETED_TEXT if absence is Absence.DELETED else REMOVED_TEXT
