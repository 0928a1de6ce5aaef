"""How does a comment look outside of its thread? Under a line that says on which post it was written."""

from dataclasses import dataclass
from functools import lru_cache

from folkmoot.doors.web.comment_parts import gone, removed
from folkmoot.doors.web.i18n import SOURCE
from folkmoot.doors.web.paths import community_path, person_path
from folkmoot.doors.web.post_rows import age
from folkmoot.doors.web.present import Markup, Scene, Times, anchor, fill, marks, spelled, who
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PostLine
from folkmoot.queries.views import Absence, AuthorView, CommentView
from folkmoot.text.html import Html, escaped


@dataclass(frozen=True, slots=True)
class ItemRows:
    """Draws comments of a list. `community`: each says in which it was written; `author`: each says by whom."""

    scene: Scene
    community: bool
    author: bool

    def row(self, post: PostLine, comment: CommentView) -> str:
        """Return one item of a list."""
        when = self._when(comment)
        by = self._by(comment)
        head = "" if by else f" <span>{when}</span>"
        own = f"<p class=meta>{by} <span>{when}</span></p>" if by else ""
        return (
            f"<li><article class=said-on><div class=meta><h2>{self._where(post)}</h2>{head}</div>{own}"
            f"{self._text(comment)}{self._deeds(comment)}</article></li>\n"
        )

    def _where(self, post: PostLine) -> str:
        """Return `on TITLE in COMMUNITY`."""
        place = community_path(post.community) if self.community else ""
        tag = self.scene.words.language.tag
        return _on(tag, f"/post/{post.id}", _title(tag, post), place, post.community.title)

    def _by(self, comment: CommentView) -> str:
        if not self.author:
            return ""
        handle = _who(comment.author, comment.handle, self.scene.host)
        return f"<span class=by-whom>{handle}{marks(comment.author, self.scene, op=comment.op)}</span>"

    def _when(self, comment: CommentView) -> str:
        times = Times(comment.published, comment.updated, comment.approximate)
        return f'<a href="/comment/{comment.id}">{age(times, self.scene)}</a>'

    def _text(self, comment: CommentView) -> str:
        _ = self.scene.words.language.gettext
        match comment.absence:
            case Absence.DELETED:
                return gone(_("deleted by author"))
            case Absence.REMOVED:
                return gone(removed(self.scene, comment.reason))
            case Absence.PRESENT if not comment.html:
                return gone(_("no text"))
            case Absence.PRESENT:
                return f'<div class=text lang="">{comment.html}</div>'

    def _deeds(self, comment: CommentView) -> str:
        """Return the row under the text. Imported things have no points: nobody here knows them."""
        tag = self.scene.words.language.tag
        known = comment.position is None and comment.absence is Absence.PRESENT
        points = f"<span>{_points(tag, comment.score)}</span> " if known else ""
        place = f"/comment/{comment.id}"
        links = f'<a href="{place}">{_context(tag)}</a> <a href="{place}/more">{_more(tag)}</a>'
        return f"<div class=deeds>{points}{links}</div>"


@lru_cache(8_192)
def _who(author: AuthorView, handle: str | None, our_host: str) -> Markup:
    name, host = spelled(author, handle)
    nowhen = Scene(words_in(SOURCE), Micros(0), our_host)
    return who(name, host, nowhen, element="bdi", href=person_path(author))


def _title(tag: str, post: PostLine) -> str:
    _ = words_in(tag).language.gettext
    match post.absence:
        case Absence.PRESENT:
            return post.title
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
