"""How does a comment look outside of its thread? Under a line that says on which post it was written."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from folkmoot.doors.depends import Of, age_until
from folkmoot.doors.list_rows import Row
from folkmoot.doors.web.comment_parts import gone
from folkmoot.doors.web.i18n import SOURCE
from folkmoot.doors.web.paths import named_path, person_path
from folkmoot.doors.web.post_rows import Numbered, aged, ages_in, time_opened
from folkmoot.doors.web.present import Markup, Scene, anchor, fill, marks, spelled, who
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros, PostId
from folkmoot.queries.comment_heads import AUTHOR, CommentHead
from folkmoot.queries.people import author_view
from folkmoot.queries.views import Absence, AuthorView
from folkmoot.text.html import escaped

_ROW = (
    b"<li><article class=said-on><div class=meta><h2>%b</h2>%b%b"
    b'<div class=deeds>%b<a href="/comment/%d">%b</a> <a href="/comment/%d/more">%b</a></div></article></li>\n'
)
_WHEN = b'<span><a href="/comment/%d">%b%b</time></a></span>'


def comment_rows(heads: Iterable[CommentHead], scene: Scene, *, community: bool) -> Iterator[Row]:
    """Draw the comments of a list: who wrote them is said where the heads tell it.

    Args:
        heads: of comments that are there.
        scene: of the page.
        community: each says in which it was written.
    """
    tag, now = scene.words.language.tag, scene.now
    ages, scores, says = ages_in(tag), _scores(tag), _says(tag)
    for head in heads:
        (
            comment, post, author, place, poster, title, absence, published, updated, approximate, position, points,
            handle, place_name, place_host, place_title, html,
        ) = head[:AUTHOR]  # fmt: skip
        said, until = aged(published, now, ages)
        when = _WHEN % (comment, time_opened(tag, published, updated, approximate), said)
        if len(head) > AUTHOR:
            writer = author_view(head[AUTHOR:])
            by = f"{_who(writer, handle, scene.host)}{marks(writer, scene, op=author == poster)}"
            top = b"</div><p class=meta><span class=by-whom>%b</span> %b</p>" % (by.encode(), when)
            if scene.is_new(writer) or writer.published > now:  # it is said until it is over, or will be
                until = min(until, age_until(writer.published, now))
        else:
            top = b" %b</div>" % when
        markup = _ROW % (
            _on(tag, post, title, absence, (place_name, place_host, place_title) if community else None),
            top,
            b'<div class=text lang="">%b</div>' % html.encode() if html else says.nothing,
            scores[points] if position is None else b"",  # imported things have none: nobody here knows them
            comment,
            says.context,
            comment,
            says.more,
        )
        yield markup, comment, (Of.POST, post), place, (author, poster), until


@lru_cache(8_192)
def _who(author: AuthorView, handle: str | None, our_host: str) -> Markup:
    name, host = spelled(author, handle)
    nowhen = Scene(words_in(SOURCE), Micros(0), our_host)
    return who(name, host, nowhen, element="bdi", href=person_path(author))


@lru_cache(8_192)
def _on(tag: str, post: PostId, title: str, absence: int, place: tuple[str, str | None, str] | None) -> bytes:
    """Return on which post it was written, and in which community where that is told."""
    _ = words_in(tag).language.gettext
    shown = {Absence.PRESENT: title, Absence.DELETED: _("Deleted post"), Absence.REMOVED: _("Removed post")}
    on = anchor(f"/post/{post}", escaped(shown[Absence(absence)]), attributes=' dir=auto lang=""')
    if place is None:
        # Translators: over a comment; {title} is that of its post
        return fill(_("on {title}"), title=on).encode()
    name, host, called = place
    path = named_path("/c/", name if host is None else f"{name}@{host}")
    community = anchor(path, escaped(called), attributes=' dir=auto lang=""')
    return fill(_("on {title} in {community}"), title=on, community=community).encode()


@cache
def _scores(tag: str) -> Numbered:
    words = words_in(tag)
    return Numbered(lambda points: f"<span>{escaped(words.points(points))}</span> ")


class _Says(NamedTuple):
    """What every comment says in a language."""

    nothing: bytes
    context: bytes
    more: bytes


@cache
def _says(tag: str) -> _Says:
    _ = words_in(tag).language.gettext
    return _Says(gone(_("no text")).encode(), escaped(_("Context")).encode(), escaped(_("More")).encode())
