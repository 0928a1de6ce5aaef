"""What does a thread look like in an editor, or to a program that reads Markdown? See `docs/forms.md`."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from folkmoot.doors.forms.embedding import code, literal, literal_lines, source_lines
from folkmoot.doors.handles import comment_address, full_handle, post_address
from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.model.times import rfc3339
from folkmoot.queries.views import Absence, CommentView, PostView, ThreadView
from folkmoot.text.thread_text import DELETED_TEXT, REMOVED_TEXT

_SAFE_IN_ADDRESS = "".join(chr(number) for number in range(33, 127) if chr(number) not in "<>\\")
_ABSENT = {Absence.PRESENT: "", Absence.DELETED: DELETED_TEXT, Absence.REMOVED: REMOVED_TEXT}


def markdown_form(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as a CommonMark document.

    What people wrote stands behind quote marks, each reply in a list item of its own below what it answers: so a quote
    is never structure, a list item at the margin of its level always is.
    """
    lines = list(_post_lines(view.post, whole=view.root is None, site_url=site_url))
    above = view.comments[0].depth if view.comments and view.root is not None else 1
    for written in map(_Comments(above, site_url).lines, view.comments):
        lines += written
    return ("\n".join(lines) + "\n").encode()


def _post_lines(post: PostView, *, whole: bool, site_url: str) -> Iterator[str]:
    yield f"# {_heading(post)}"
    if whole and (post.url is not None or post.archive_offered):
        yield from ("", " · ".join(_links(post)))
    community = code(full_handle(post.community, site_url=site_url))
    facts = [f"{code(full_handle(post.author, site_url=site_url, spelled=post.handle))} in {community}"]
    facts += _times(post.published, post.updated, approximate=post.approximate)
    if _ABSENT[post.absence]:
        facts.append(_ABSENT[post.absence])
    if post.imported:
        facts.append("imported from a file, not verified")
    yield from ("", " · ".join(facts), "", _link(post_address(site_url, post.id)))
    if whole:
        yield from _quoted(post.source, literal_text=post.literal, indent="")


def _heading(post: PostView) -> str:
    words = literal(post.title) or _ABSENT[post.absence]
    return f"{words[:-1]}\\#" if words.endswith("#") else words


def _links(post: PostView) -> Iterator[str]:
    if post.url is not None:
        yield _link(post.url)
    if post.archive_url is not None:
        yield f"archive: {_link(post.archive_url)}"
    elif post.archive_offered:
        yield "archive: address unknown"


class _Comments:
    """Writes the comments of one document; `above` is the depth of those at the margin."""

    def __init__(self, above: int, site_url: str) -> None:
        self._above = above
        self._site_url = site_url
        self._before_id = _link(comment_address(site_url, CommentId(0)))[:-2]
        self._handles: dict[tuple[PersonId, str | None], str] = {}

    def lines(self, comment: CommentView) -> list[str]:
        indent = "  " * (comment.depth - self._above)
        handle = self._handles.get((comment.author.id, comment.handle)) or self._handle(comment)
        facts = [f"{handle} (original poster)" if comment.op else handle]
        facts += _times(comment.published, comment.updated, approximate=comment.approximate)
        if comment.absence:
            facts.append(_ABSENT[comment.absence])
        facts.append(f"{self._before_id}{comment.id}>")
        quoted = _quoted(comment.source, literal_text=comment.literal, indent=indent + "  ")
        return ["", f"{indent}- {' · '.join(facts)}", *quoted]

    def _handle(self, comment: CommentView) -> str:
        handle = code(full_handle(comment.author, site_url=self._site_url, spelled=comment.handle))
        self._handles[comment.author.id, comment.handle] = handle
        return handle


def _times(published: Micros, updated: Micros | None, *, approximate: bool) -> Sequence[str]:
    about = "about " if approximate else ""
    if updated is None:
        return [f"{about}{rfc3339(published)}"]
    return [f"{about}{rfc3339(published)}", f"edited {about}{rfc3339(updated)}"]


def _quoted(source: str, *, literal_text: bool, indent: str) -> list[str]:
    lines = literal_lines(source) if literal_text else source_lines(source)
    mark = f"{indent}>"
    quoted = [f"{mark} {line}" if line else mark for line in lines]
    return ["", *quoted] if source and any(map(str.strip, lines)) else []


def _link(address: str) -> str:
    """Give an automatic link, whatever characters the address has."""
    return f"<{quote(address, safe=_SAFE_IN_ADDRESS)}>"
