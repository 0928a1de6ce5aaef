"""What does a text browser show of a thread? The text form, which imports again: see `docs/thread-text.md`."""

from folkmoot.doors.handles import full_handle
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
    items = tuple(_item(comment, view, above=above, author=author, site_url=site_url) for comment in view.comments)
    whole = view.root is None
    body = _post_paragraphs(view.post) if whole else ()
    offered = whole and view.post.archive_offered
    if not (offered or body or items):
        body = paragraphs_from_text(view.post.title)
    return format_thread(ThreadText(archive_offered=offered, body=body, items=items))


def _post_paragraphs(post: PostView) -> tuple[str, ...]:
    return _paragraphs(post.absence, post.text)


def _item(comment: CommentView, view: ThreadView, *, above: int, author: str, site_url: str) -> ThreadItem:
    handle = full_handle(comment.author, site_url=site_url, spelled=comment.handle)
    latest = comment.published if comment.updated is None else comment.updated
    return ThreadItem(
        level=comment.depth - above,
        handle=handle,
        # by handle, not by person: the form knows people by nothing else, and is refused if one handle has both
        author_mark=handle.casefold() == author,
        edited=comment.updated is not None,
        age=age_between(latest, view.as_of),
        paragraphs=_paragraphs(comment.absence, comment.text),
    )


def _paragraphs(absence: Absence, text: str) -> tuple[str, ...]:
    match absence:
        case Absence.PRESENT:
            return paragraphs_from_text(text)
        case Absence.DELETED:
            return (DELETED_TEXT,)
        case Absence.REMOVED:
            return (REMOVED_TEXT,)
