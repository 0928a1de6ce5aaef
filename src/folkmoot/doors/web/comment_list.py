"""How does a thread's tree become one piece of markup? By joining, without recursion: a tree may be 2,000 deep.

The list is nested down to `NESTED_LEVELS`. What lies deeper stands in one flat list under its ancestor of that level
and says its level and whom it answers: browsers stop building at some depth, and a phone's line has an end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.doors.web.present import Markup, Scene, Times, age, marks, spelled, who
from folkmoot.model.ids import CommentId
from folkmoot.queries.views import Absence, CommentView
from folkmoot.text.html import escaped

NESTED_LEVELS = 12
NAMED_PARENT_LEVEL = 5
"""From here on a comment says whom it answers: the steps become narrow."""
SKIP_FROM_REPLIES = 3

_CLOSE = "</details></li>"
_OPEN_LIST = '<ol role=list class="{}">'


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a comment stands on this page: how many its fold hides, what follows its branch."""

    replies: int
    skip_to: CommentId | None


def comment_list(comments: Sequence[CommentView], scene: Scene) -> Markup:
    """Return the comments, given in reading order, as one nested list; nothing where there are none."""
    if not comments:
        return Markup("")
    cards = _Cards(comments, scene)
    parts: list[str] = []
    level = 0
    for comment, place in zip(comments, _places(comments), strict=True):
        before, level = level, min(comment.depth, level + 1, NESTED_LEVELS + 1)
        if level > before:
            parts.append(_OPEN_LIST.format(_list_class(level)))
        else:
            parts.append(_CLOSE + f"</ol>{_CLOSE}" * (before - level))
        parts.append(cards.card(comment, place))
    parts.append(f"{_CLOSE}</ol>" * level)
    return Markup("".join(parts))


def _list_class(level: int) -> str:
    """Return the class that gives a level's list its step on a phone."""
    if level == 1:
        return "comments"
    if level > NESTED_LEVELS:
        return "replies flat"
    return "replies" if level < 5 else "replies near" if level < 7 else "replies nearer"


def _places(comments: Sequence[CommentView]) -> list[_Place]:
    """Return each comment's place, found from the end: how many follow that are deeper."""
    places: list[_Place] = []
    below: dict[int, int] = {}
    next_top: CommentId | None = None
    for comment in reversed(comments):
        replies = below.pop(comment.depth + 1, 0)
        below[comment.depth] = below.get(comment.depth, 0) + 1 + replies
        skips = comment.depth == 1 and replies >= SKIP_FROM_REPLIES
        places.append(_Place(replies if comment.depth <= NESTED_LEVELS else 0, next_top if skips else None))
        if comment.depth == 1:
            next_top = comment.id
    places.reverse()
    return places


class _Cards:
    """Draws the comments of one thread."""

    def __init__(self, comments: Sequence[CommentView], scene: Scene) -> None:
        self._scene = scene
        self._names = {comment.id: spelled(comment.author, comment.handle)[0] for comment in comments}

    def card(self, comment: CommentView, place: _Place) -> str:
        """Return a comment up to where its replies begin."""
        words = self._scene.words
        fold = self._scene.escape(words.branch(self._names[comment.id], place.replies))
        return (
            f"<li id=c{comment.id}><div class=head>{self._by(comment)}{self._when(comment, place)}</div>"
            f"<details open><summary><span>{fold}</span></summary>{self._text(comment)}{self._deeds(comment, place)}"
        )

    def _by(self, comment: CommentView) -> str:
        scene = self._scene
        name, host = spelled(comment.author, comment.handle)
        handle = who(name, host, scene, element="h3" if comment.depth == 1 else "bdi")
        marked = marks(comment.author, scene, op=comment.op)
        kind = "by" + (" marked" if marked else "") + (" bot" if comment.author.bot else "")
        return f'<div class="{kind}">{handle}{marked}</div>'

    def _when(self, comment: CommentView, place: _Place) -> str:
        times = Times(comment.published, comment.updated, comment.approximate)
        folded = self._scene.escape(self._scene.words.hidden(place.replies))
        return (
            f"<div class=when><span>{age(times, self._scene, href=f'#c{comment.id}')}</span>"
            f'{self._to(comment)} <span class=folded data-said="{folded}"></span></div>'
        )

    def _to(self, comment: CommentView) -> str:
        """Return the way to the parent from where the steps are narrow, and the level where there are none."""
        if comment.depth < NAMED_PARENT_LEVEL or (name := self._names.get(comment.parent or CommentId(0))) is None:
            return ""
        language = self._scene.words.language
        to = self._scene.escape(language.gettext("to {name}")).replace(
            "{name}", f"<bdi>{self._scene.escape(name)}</bdi>"
        )
        link = f" <span><a href=#c{comment.parent}>{to}</a></span>"
        if comment.depth <= NESTED_LEVELS:
            return link
        level = language.gettext("level {number}").replace("{number}", language.number(comment.depth))
        return f"{link} <span>{self._scene.escape(level)}</span>"

    def _text(self, comment: CommentView) -> str:
        _ = self._scene.words.language.gettext
        match comment.absence:
            case Absence.DELETED:
                return gone(_("deleted by author"))
            case Absence.REMOVED:
                return gone(removed(self._scene, comment.reason))
            case Absence.PRESENT if not comment.html:
                return gone(_("no text"))
            case Absence.PRESENT:
                return f'<div class=text lang="">{comment.html}</div>'

    def _deeds(self, comment: CommentView, place: _Place) -> str:
        """Return the row under the text. Imported things have no points: nobody here knows them."""
        words = self._scene.words
        row = ""
        if comment.position is None and comment.absence is Absence.PRESENT:
            row = f"<span>{self._scene.escape(words.points(comment.score))}</span>"
        if place.skip_to is not None:
            row += f" <a class=skip href=#c{place.skip_to}>{self._scene.escape(words.skip(place.replies))}</a>"
        return f"<div class=deeds>{row}</div>" if row else ""


def gone(said: str) -> Markup:
    """Return what stands where a text is not shown."""
    return Markup(f"<p class=gone dir=auto>{escaped(said)}</p>")


def removed(scene: Scene, reason: str | None) -> str:
    """Return `removed by moderator`, with the reason where one was given."""
    _ = scene.words.language.gettext
    if not reason:
        return _("removed by moderator")
    return _("removed by moderator: {reason}").replace("{reason}", reason)
