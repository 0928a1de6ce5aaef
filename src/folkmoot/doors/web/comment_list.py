"""How does a thread's tree become one piece of markup? By joining, without recursion: a tree may be 2,000 deep.

The list is nested down to `NESTED_LEVELS`. What lies deeper stands in one flat list under its ancestor of that level
and says its level and whom it answers: browsers stop building at some depth, and a phone's line has an end.
"""

from collections.abc import Mapping
from typing import NamedTuple

from folkmoot.doors.web.comment_cards import Card, Drawer, places
from folkmoot.doors.web.present import Scene
from folkmoot.model.ids import CommentId, Micros
from folkmoot.queries.comments import Words
from folkmoot.queries.talk import Talk
from folkmoot.text.ages import MINUTE_MICROS
from folkmoot.text.html import escaped

NESTED_LEVELS = 12

_CLOSE = b"</details></li>"
_AFTER_AGE = b"</time></a></span>"


def _list_class(level: int) -> str:
    """Return the class that gives a level's list its step on a phone."""
    if level == 1:
        return "comments"
    if level > NESTED_LEVELS:
        return "replies flat"
    return "replies" if level < 5 else "replies near" if level < 7 else "replies nearer"


_OPEN = [f'<ol role=list class="{_list_class(level)}">'.encode() for level in range(NESTED_LEVELS + 2)]
_OPEN_FOCUS = [piece.replace(b'">', b' focus">') for piece in _OPEN]
_CLOSES = [_CLOSE + (b"</ol>" + _CLOSE) * levels for levels in range(NESTED_LEVELS + 2)]


class CommentList(NamedTuple):
    """A list of comments. `drawn` are the cards that were not there before; `until` is when an age changes."""

    markup: bytes
    drawn: Mapping[CommentId, Card]
    until: Micros


def comment_list(
    talk: Talk, cards: dict[CommentId, Card], said: Mapping[CommentId, Words], scene: Scene, *, query: str = ""
) -> CommentList:
    """Draw the comments of a page as one nested list; nothing where there are none.

    Args:
        talk: what stands on the page.
        cards: what was drawn of it before; it is changed.
        said: the words of the comments that it lacks.
        scene: of the page.
        query: what an address needs for the same order, such as `sort=new`.
    """
    drawing = _Drawing(talk, cards, Drawer(cards, talk, said, scene), scene, query)
    markup = drawing.all() if talk.nodes else b""
    return CommentList(markup, drawing.drawer.drawn, Micros(drawing.until))


class _Drawing:
    """Draws the comments of one page."""

    def __init__(self, talk: Talk, cards: Mapping[CommentId, Card], drawer: Drawer, scene: Scene, query: str) -> None:
        self.drawer = drawer
        self.until = scene.now + MINUTE_MICROS
        self._talk = talk
        self._cards = cards
        self._scene = scene
        self._query = query

    def all(self) -> bytes:
        talk, now, until = self._talk, self._scene.now, self.until
        cuts, root, above = talk.cuts, talk.root, talk.nodes[0][3] - 1
        get, draw = self._cards.get, self.drawer.card
        out: list[bytes] = []
        line: list[CommentId] = []
        level = 0
        for node, place in zip(talk.nodes, places(talk, NESTED_LEVELS), strict=True):
            before, level = level, node[3] - above
            if level > before + 1 or level > NESTED_LEVELS:
                level = min(level, before + 1, NESTED_LEVELS + 1)
            if level > before:
                out.append((_OPEN_FOCUS if node[0] == root else _OPEN)[level])
            elif cuts:
                out += self._closed(line, level)
            else:
                out.append(_CLOSES[before - level])
            card = get(node[0])
            if card is None or card[0] != node or card[1] <= now or card[2] != place:
                card = draw(node, place)
            out += card[3:6]
            until = min(until, card[1])
            if cuts:
                line[level - 1 :] = (node[0],)
                out += self._all_elsewhere(node[0])
        self.until = until
        out += self._closed([*line, *[CommentId(0)] * (level - len(line))], 0)
        return b"".join(out)

    def _all_elsewhere(self, comment: CommentId) -> list[bytes]:
        """Return the link to the replies of a comment where none of them stands on this page."""
        cut = self._talk.cuts.get(comment)
        return [] if cut is None or cut.start is not None else [b"<p class=on>%b</p>" % self._onward(comment)]

    def _closed(self, line: list[CommentId], level: int) -> list[bytes]:
        """Close the comments of a line from its end up to a level; a list that goes on elsewhere says so first."""
        out = [_CLOSE]
        for place in range(len(line) - 1, level - 1, -1):
            parent = line[place - 1] if place else None
            cut = self._talk.cuts.get(parent)
            if parent is not None and cut is not None and cut.start is not None:
                out.append(b"<li class=on>%b</li>" % self._onward(parent))
            out.append(b"</ol>" + _CLOSE if place else b"</ol>")
        return out

    def _onward(self, comment: CommentId) -> bytes:
        """Return the link to the replies of a comment that are not on this page."""
        cut = self._talk.cuts[comment]
        said = self._scene.words.go_on(cut.replies) if cut.deep else self._scene.words.load_replies(cut.replies)
        asked = [] if cut.start is None else [f"from={cut.start}"]
        query = "&".join(filter(None, [*asked, self._query]))
        address = f"/comment/{comment}{'?' if query else ''}{query}"
        kind = "class=deeper " if cut.deep else ""
        return f'<a {kind}href="{escaped(address)}">{escaped(said)}</a>'.encode()
