"""What did this say before it was edited? The editions of a post or comment, the newest first."""

from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries import editions
from folkmoot.queries.items import items
from folkmoot.queries.list_views import EditionView, History, ItemView, PostTexts
from folkmoot.queries.post_lines import post_with_texts
from folkmoot.queries.texts import LITERAL, rendered
from folkmoot.queries.views import Absence
from folkmoot.text.html import Html

_EDITIONS = f"""
    select e.known_until, {editions.COLUMNS} from edition e
    where e.kind = :kind and e.thing_id = :thing
    order by e.number desc limit :limit
"""
_NO_TEXTS = PostTexts("", Html(""), "", literal=False)
EARLIER_READ = 100
"""Somebody may have edited a long text very often: of the earlier editions no more than these are read."""


def post_item(reader: Reader, post: PostId) -> ItemView:
    """Read a post with its texts.

    Raises:
        NotFound: `couldnt_find_post`.
    """
    line = post_with_texts(reader, post)
    if line is None:
        raise NotFound("couldnt_find_post")
    return ItemView(line)


def comment_item(reader: Reader, comment: CommentId) -> ItemView:
    """Read a comment, and its post without texts.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    item = items(reader, posts=(), comments=[comment])[1].get(comment)
    if item is None:
        raise NotFound("couldnt_find_comment")
    return item


def post_history(reader: Reader, post: PostId) -> History:
    """Read what a post says and said.

    Raises:
        NotFound: `couldnt_find_post`.
    """
    return _history(reader, post_item(reader, post))


def comment_history(reader: Reader, comment: CommentId) -> History:
    """Read what a comment says and said.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    return _history(reader, comment_item(reader, comment))


def _history(reader: Reader, item: ItemView) -> History:
    post, comment = item.post, item.comment
    written = post if comment is None else comment
    kind, thing = (editions.POST, int(post.id)) if comment is None else (editions.COMMENT, int(comment.id))
    gone = written.absence is not Absence.PRESENT
    rows = reader.rows(_EDITIONS, kind=kind, thing=thing, limit=EARLIER_READ)
    earlier = [_edition(row, kind, thing, published=written.published, gone=gone) for row in rows]
    number = earlier[0].number + 1 if earlier else 1
    return History(item, (_present(item, number), *earlier))


def _present(item: ItemView, number: int) -> EditionView:
    """Give what a thing says now."""
    post, comment = item.post, item.comment
    if comment is not None:
        texts = PostTexts(comment.source, comment.html, comment.text, comment.literal)
        return EditionView(number, "", None, *texts, comment.updated or comment.published, None)
    texts = post.texts or _NO_TEXTS
    return EditionView(number, post.title, post.url, *texts, post.updated or post.published, None)


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
