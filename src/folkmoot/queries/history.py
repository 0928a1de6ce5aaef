"""What did this say before it was edited? Every edition of a post or comment, the newest first."""

from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries import editions
from folkmoot.queries.items import items
from folkmoot.queries.list_views import EditionView, History, ItemView
from folkmoot.queries.post_lines import post_with_texts
from folkmoot.queries.texts import LITERAL, rendered
from folkmoot.queries.views import Absence
from folkmoot.text.html import Html

_EDITIONS = f"""
    select e.known_until, {editions.COLUMNS} from edition e
    where e.kind = :kind and e.thing_id = :thing
    order by e.number desc
"""


def post_history(reader: Reader, post: PostId) -> History:
    """Read all that a post ever said.

    Raises:
        NotFound: `couldnt_find_post`.
    """
    line = post_with_texts(reader, post)
    if line is None or line.texts is None:
        raise NotFound("couldnt_find_post")
    present = EditionView(1, line.title, line.url, *line.texts, line.updated or line.published, None)
    return _history(reader, ItemView(line), present, published=line.published)


def comment_history(reader: Reader, comment: CommentId) -> History:
    """Read all that a comment ever said.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    item = items(reader, posts=(), comments=[comment])[1].get(comment)
    if item is None or item.comment is None:
        raise NotFound("couldnt_find_comment")
    view = item.comment
    present = EditionView(
        1, "", None, view.source, view.html, view.text, view.literal, view.updated or view.published, None
    )
    return _history(reader, item, present, published=view.published)


def _history(reader: Reader, item: ItemView, present: EditionView, *, published: Micros) -> History:
    kind, thing, gone = editions.POST, int(item.post.id), item.post.absence is not Absence.PRESENT
    if item.comment is not None:
        kind, thing, gone = editions.COMMENT, item.comment.id, item.comment.absence is not Absence.PRESENT
    rows = reader.rows(_EDITIONS, kind=kind, thing=thing)
    earlier = [_edition(row, kind, thing, published=published, gone=gone) for row in rows]
    return History(item, (present._replace(number=len(earlier) + 1), *earlier))


def _edition(row: tuple[Any, ...], kind: int, thing: int, *, published: Micros, gone: bool) -> EditionView:
    until, number, *columns = row
    stored = editions.Edition(*columns)
    since = stored.updated or published
    if gone:
        return EditionView(number, "", None, "", Html(""), "", literal=False, since=since, until=until)
    html, text = rendered(stored, "p" if kind == editions.POST else "c", thing)
    return EditionView(
        number, stored.title or "", stored.url, stored.source, html, text, stored.format == LITERAL, since, until
    )
