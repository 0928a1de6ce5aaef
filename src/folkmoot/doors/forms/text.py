"""What does a text browser show of a thread? The text form, which imports again: see `docs/thread-text.md`."""

from folkmoot.doors.handles import full_handle
from folkmoot.model.ids import PersonId
from folkmoot.queries.views import Absence, CommentView, PostView, ThreadView
from folkmoot.text.ages import age_between
from folkmoot.text.thread_text import (
    DELETED_TEXT,
    REMOVED_TEXT,
    ThreadItem,
    ThreadText,
    format_thread,
    paragraphs_from_text,
)


def text_form(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as plain text, with the ages of `view.as_of`.

    A post of which there would be nothing to show (no body, no archive, no comment) shows its title.
    """
    author = full_handle(view.post.author, site_url=site_url, spelled=view.post.handle).casefold()
    above = view.comments[0].depth - 1 if view.root is not None else 0
    items = tuple(map(_Items(view, above=above, author=author, site_url=site_url).item, view.comments))
    whole = view.root is None
    body = _post_paragraphs(view.post) if whole else ()
    offered = whole and view.post.archive_offered
    if not (offered or body or items):
        body = paragraphs_from_text(view.post.title)
    return format_thread(ThreadText(archive_offered=offered, body=body, items=items))


def _post_paragraphs(post: PostView) -> tuple[str, ...]:
    return _paragraphs(post.absence, post.text)


class _Items:
    """Makes the items of one thread. `author`: the handle of who wrote the post, casefolded."""

    def __init__(self, view: ThreadView, *, above: int, author: str, site_url: str) -> None:
        self._now = view.as_of
        self._above = above
        self._author = author
        self._site_url = site_url
        self._handles: dict[tuple[PersonId, str | None], tuple[str, bool]] = {}

    def item(self, comment: CommentView) -> ThreadItem:
        key = comment.author.id, comment.handle
        handle, mark = self._handles.get(key) or self._handle(comment)
        published, updated = comment.published, comment.updated
        edited = updated is not None
        age = age_between(published if updated is None else updated, self._now)
        paragraphs = _paragraphs(comment.absence, comment.text)
        return ThreadItem(comment.depth - self._above, handle, mark, edited, age, paragraphs)

    def _handle(self, comment: CommentView) -> tuple[str, bool]:
        """Give a handle and whether it is the author's.

        By handle, not by person: the form knows people by nothing else, and is refused if one handle has both.
        """
        handle = full_handle(comment.author, site_url=self._site_url, spelled=comment.handle)
        found = self._handles[comment.author.id, comment.handle] = handle, handle.casefold() == self._author
        return found


def _paragraphs(absence: Absence, text: str) -> tuple[str, ...]:
    if absence is Absence.PRESENT:
        return paragraphs_from_text(text)
    return (DELETED_TEXT,) if absence is Absence.DELETED else (REMOVED_TEXT,)
