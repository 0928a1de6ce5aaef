"""How does a comment look outside of its thread? Under a line that says on which post it was written."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from folkmoot.doors.depends import Of, age_until
from folkmoot.doors.list_rows import Row
from folkmoot.doors.web.comment_parts import gone
from folkmoot.doors.web.i18n import SOURCE
from folkmoot.doors.web.paths import named_path, person_path
from folkmoot.doors.web.post_rows import age_said, time_opened
from folkmoot.doors.web.present import Markup, Scene, anchor, fill, marks, spelled, who
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.comment_heads import AUTHOR, CommentHead
from folkmoot.queries.people import author_view
from folkmoot.queries.views import Absence, AuthorView
from folkmoot.text.html import Html, escaped

_ABSENCES = tuple(Absence)


def comment_rows(heads: Iterable[CommentHead], scene: Scene, *, community: bool) -> Iterator[Row]:
    """Draw the comments of a list: who wrote them is said where the heads tell it.

    Args:
        heads: of comments that are there.
        scene: of the page.
        community: each says in which it was written.
    """
    tag, now = scene.words.language.tag, scene.now
    nothing, more, context = gone(scene.words.language.gettext("no text")), _more(tag), _context(tag)
    for head in heads:
        (
            comment, post, author, place, poster, title, absence, published, updated, approximate, position, points,
            handle, place_name, place_host, place_title, html,
        ) = head[:AUTHOR]  # fmt: skip
        at = f"/comment/{comment}"
        opened = time_opened(tag, published, updated, approximate)
        when = f'<span><a href="{at}">{opened}{age_said(published, scene)}</time></a></span>'
        path = (
            named_path("/c/", place_name if place_host is None else f"{place_name}@{place_host}") if community else ""
        )
        where = _on(tag, f"/post/{post}", _title(tag, title, _ABSENCES[absence]), path, place_title)
        if len(head) > AUTHOR:
            writer = author_view(head[AUTHOR:])
            by = f"{_who(writer, handle, scene.host)}{marks(writer, scene, op=author == poster)}"
            top = f"</div><p class=meta><span class=by-whom>{by}</span> {when}</p>"
            until = _until(published, writer, scene)
        else:
            top, until = f" {when}</div>", age_until(published, now)
        # imported things have no points: nobody here knows them
        score = f"<span>{_points(tag, points)}</span> " if position is None else ""
        markup = (
            f"<li><article class=said-on><div class=meta><h2>{where}</h2>{top}"
            f"{_text(html) if html else nothing}"
            f'<div class=deeds>{score}<a href="{at}">{context}</a> <a href="{at}/more">{more}</a></div>'
            f"</article></li>\n"
        )
        yield markup.encode(), comment, (Of.POST, post), place, (author, poster), until


def _text(html: str) -> str:
    return f'<div class=text lang="">{html}</div>'


def _until(published: Micros, writer: AuthorView, scene: Scene) -> Micros:
    """Say until when the age stays, and the mark of who is new here, or will be."""
    until = age_until(published, scene.now)
    if scene.is_new(writer) or writer.published > scene.now:
        until = min(until, age_until(writer.published, scene.now))
    return until


@lru_cache(8_192)
def _who(author: AuthorView, handle: str | None, our_host: str) -> Markup:
    name, host = spelled(author, handle)
    nowhen = Scene(words_in(SOURCE), Micros(0), our_host)
    return who(name, host, nowhen, element="bdi", href=person_path(author))


def _title(tag: str, title: str, absence: Absence) -> str:
    _ = words_in(tag).language.gettext
    match absence:
        case Absence.PRESENT:
            return title
        case Absence.DELETED:
            return _("Deleted post")
        case Absence.REMOVED:
            return _("Removed post")


@lru_cache(8_192)
def _on(tag: str, thread: str, title: str, place: str, community: str) -> Markup:
    _ = words_in(tag).language.gettext
    on = anchor(thread, escaped(title), attributes=' dir=auto lang=""')
    if not place:
        # Translators: over a comment; {title} is that of its post
        return fill(_("on {title}"), title=on)
    return fill(
        _("on {title} in {community}"),
        title=on,
        community=anchor(place, escaped(community), attributes=' dir=auto lang=""'),
    )


@lru_cache(8_192)
def _points(tag: str, points: int) -> Html:
    return escaped(words_in(tag).points(points))


@lru_cache
def _more(tag: str) -> Html:
    return escaped(words_in(tag).language.gettext("More"))


@lru_cache
def _context(tag: str) -> Html:
    return escaped(words_in(tag).language.gettext("Context"))
