"""What does one comment look like, up to where its replies begin? The cards of a page, each written in one go.

A page has hundreds, so what is rare is left to functions: edits, absences, names with marks, narrow levels.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from folkmoot.doors.web.comment_parts import Times, gone, pieces_in, removed
from folkmoot.doors.web.paths import person_path
from folkmoot.doors.web.present import Scene, exact, marks, spelled, who
from folkmoot.doors.web.present import Times as Moments
from folkmoot.doors.web.words import clock_stamp
from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.queries.comments import Words
from folkmoot.queries.talk import Talk
from folkmoot.queries.tree import Node
from folkmoot.queries.views import Absence, AuthorView
from folkmoot.text.html import escaped

NAMED_PARENT_LEVEL = 5
"""From here on a comment says whom it answers: the steps become narrow."""
SKIP_FROM_REPLIES = 3

DEEP = -4
NESTED = -3
ORPHAN = -2
TOP = -1
"""How a comment stands on its page: too deep to be nested; nested; at the top, without what it answers; at the top. At
the top with a way past its replies it is the number of the comment that the way leads to."""

_HOSTS_KEPT = 4_096

_WhoKey = tuple[PersonId, str | None, bool]
"""A person, their handle as an imported file spelled it, and whether the name is a heading."""


_Who = tuple[str, str]
"""Somebody's name, escaped, and the piece that says it with its marks."""


class Cards:
    """Draws the comments of one page."""

    def __init__(self, talk: Talk, said: Mapping[CommentId, Words], scene: Scene) -> None:
        """Begin.

        Args:
            talk: what stands on the page.
            said: the words of all its comments.
            scene: of the page.
        """
        self._talk = talk
        self._said = said
        self._scene = scene
        self._pieces = pieces_in(scene.words.language.tag)
        self._times = Times(self._pieces, scene.now)
        self._known: dict[_WhoKey, _Who] = {}
        self._names: dict[CommentId, str] = {}

    @property
    def until(self) -> Micros:
        """When the first of the ages that were drawn becomes another one."""
        return Micros(self._scene.now + self._times.left)

    def drawn(self, places: Sequence[int]) -> list[bytes]:
        """Draw all of them, in their order; `places` says how each stands."""
        pieces, said, when, names = self._pieces, self._said, self._times.said, self._names
        known, folds, points, more = self._known.get, pieces.folds, pieces.points, pieces.more
        cards: list[bytes] = []
        for node, place in zip(self._talk.nodes, places, strict=True):
            (
                comment, _, author, depth, position, published, updated, _, approximate, replies, _, _, score, absence,
                _, _,
            ) = node  # fmt: skip
            html, handle = said[comment]
            key = (author, handle, place >= ORPHAN)
            name, by = known(key) or self._who(key)
            names[comment] = name
            if updated is None and not approximate:
                time = f"<a href=/comment/{comment}><time {when(published)}"
            else:
                time = self._inexact(node)
            to = self._to(node, place) if depth >= NAMED_PARENT_LEVEL else ""
            before, after = folds[replies if place != DEEP else 0]
            skip = self._skip(place, replies) if place > 0 else ""
            if absence:
                words = self._absent(node, skip)
            else:
                text = f'<div class=text lang="">{html}</div>' if html else pieces.nothing
                score_said = points[score] if position is None else ""
                words = f"{text}<div class=deeds>{score_said} <a href=/comment/{comment}/more>{more}</a>{skip}</div>"
            cards.append(
                f"<li id=c{comment}><div class=head>{by}<div class=when><span>{time}</time></a></span>{to}"
                f"{before}{name}{after}{words}".encode()
            )
        return cards

    def _who(self, key: _WhoKey) -> _Who:
        """Return how somebody is called."""
        person, handle, top = key
        author, scene, op = self._talk.people[person], self._scene, person == self._talk.op
        _, name, host, _, _, bot, _, admin, moderator, _, _, _, _ = author
        element = "h3" if top else "bdi"
        marked = op or bot or admin or moderator or scene.is_new(author)
        if marked or handle is not None or not _is_plain(name) or not _is_plain_host(host):
            found = self._known[key] = self._marked(author, handle, element, op=op)
            return found
        server = f"@{host}" if host else ""
        title = f"{name}@{host or scene.host}"
        link = f'<a href="/u/{name}{server}"><b>{name}</b>{server}</a>'
        markup = f'<div class=by><{element} class=who dir=ltr title="{title}">{link}</{element}></div>'
        found = self._known[key] = (name, markup)
        return found

    def _marked(self, author: AuthorView, handle: str | None, element: str, *, op: bool) -> _Who:
        """Return how somebody is called of whom there is more to say than the name, or whose name is no plain word."""
        scene = self._scene
        if scene.is_new(author):
            self._times.age(author.published)  # which is said on the mark
        name, host = spelled(author, handle)
        marked = marks(author, scene, op=op)
        shown = who(name, host, scene, element=element, href=person_path(author))
        kind = f'"by{" marked" if marked else ""}{" bot" if author.bot else ""}"' if marked or author.bot else "by"
        return escaped(name), f"<div class={kind}>{shown}{marked}</div>"

    def _inexact(self, node: Node) -> str:
        """Return the link with the age of what was edited, or whose times are approximate."""
        comment, published, updated, words = node[0], node[5], node[6], self._scene.words
        title = escaped(exact(Moments(published, updated, node[8] == 1), words))
        if updated is None:
            time = f'datetime={clock_stamp(published)} title="{title}">{self._times.age(published)}'
            return f"<a href=/comment/{comment}><time {time}"
        time = f'datetime={clock_stamp(updated)} title="{title}">{self._times.edited(updated)}'
        return f"<a href=/comment/{comment}/history class=edited><time {time}"

    def _to(self, node: Node, place: int) -> str:
        """Return the way to the parent from where the steps are narrow, and the level where there are none."""
        parent = node[1]
        if place == ORPHAN or parent is None:
            return ""
        before, after = self._pieces.to
        link = f" <span><a href=#c{parent}>{before}<bdi>{self._names[parent]}</bdi>{after}</a></span>"
        if place != DEEP:
            return link
        language = self._scene.words.language
        said = language.gettext("level {number}").replace("{number}", language.number(node[3]))
        return f"{link} <span>{self._scene.escape(said)}</span>"

    def _skip(self, following: int, replies: int) -> str:
        said = self._scene.escape(self._scene.words.skip(replies))
        return f" <a class=skip href=#c{following}>{said}</a>"

    def _absent(self, node: Node, skip: str) -> str:
        """Return what stands instead of words and deeds."""
        said = self._pieces.deleted if node[13] == Absence.DELETED else gone(removed(self._scene, node[15]))
        return f"{said}<div class=deeds>{skip}</div>" if skip else said


def _is_plain(name: str) -> bool:
    """Whether a name is of letters, digits and low lines of ASCII: as it is, fit for pages and addresses."""
    return name.isascii() and (name.isalnum() or name.replace("_", "").isalnum())


@lru_cache(_HOSTS_KEPT)
def _is_plain_host(host: str | None) -> bool:
    return host is None or _is_plain(host.replace(".", "").replace("-", ""))


def places(talk: Talk, nested_levels: int) -> list[int]:
    """Say of each comment of a page how it stands; see `NESTED`."""
    nodes = talk.nodes
    top = nodes[0][3] if nodes else 1
    deepest = top + nested_levels - 1
    found = [NESTED if node[3] <= deepest else DEEP for node in nodes]
    tops = [place for place, node in enumerate(nodes) if node[3] == top]
    for place, following in zip(tops, [*tops[1:], None], strict=True):
        node = nodes[place]
        found[place] = TOP if place or node[1] is None else ORPHAN
        if following is not None and node[9] >= SKIP_FROM_REPLIES:
            found[place] = nodes[following][0]
    return found
