"""How does a thread's tree become one piece of markup? By joining, without recursion: a tree may be 2,000 deep.

The list is nested down to `NESTED_LEVELS`. What lies deeper stands in one flat list under its ancestor of that level
and says its level and whom it answers: browsers stop building at some depth, and a phone's line has an end.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from folkmoot.doors.web.comment_cards import Cards, places
from folkmoot.doors.web.present import Scene
from folkmoot.model.ids import CommentId, Micros
from folkmoot.queries.comments import Words
from folkmoot.queries.talk import Talk
from folkmoot.text.html import escaped

NESTED_LEVELS = 12

_CLOSE = b"</details></li>"


def _list_class(level: int) -> str:
    """Return the class that gives a level's list its step on a phone."""
    if level == 1:
        return "comments"
    if level > NESTED_LEVELS:
        return "replies flat"
    return "replies" if level < 5 else "replies near" if level < 7 else "replies nearer"


_OPEN = [f'<ol role=list class="{_list_class(level)}">'.encode() for level in range(NESTED_LEVELS + 2)]
_OPEN_FOCUS = [piece.replace(b'">', b' focus">') for piece in _OPEN]
_CLOSE_LIST = b"</ol>"
_CLOSES = [_CLOSE + (_CLOSE_LIST + _CLOSE) * levels for levels in range(NESTED_LEVELS + 2)]


class CommentList(NamedTuple):
    """A list of comments, in pieces to be joined. `until` is when an age in it becomes another one."""

    pieces: Sequence[bytes]
    until: Micros

    @property
    def markup(self) -> bytes:
        """The whole list, joined anew each time."""
        return b"".join(self.pieces)


def comment_list(talk: Talk, said: Mapping[CommentId, Words], scene: Scene, *, query: str = "") -> CommentList:
    """Draw the comments of a page as one nested list; nothing where there are none.

    Args:
        talk: what stands on the page.
        said: the words of its comments.
        scene: of the page.
        query: what an address needs for the same order, such as `sort=new`.
    """
    cards = Cards(talk, said, scene)
    if not talk.nodes:
        return CommentList((), cards.until)
    drawn = cards.drawn(places(talk, NESTED_LEVELS))
    return CommentList(_Lists(talk, scene, query).around(drawn), cards.until)


class _Lists:
    """Puts lists around the cards of a talk, with links to what of it stands elsewhere."""

    def __init__(self, talk: Talk, scene: Scene, query: str) -> None:
        self._talk = talk
        self._scene = scene
        self._query = query

    def around(self, cards: Sequence[bytes]) -> list[bytes]:
        talk, level = self._talk, 0
        cuts, root, above = talk.cuts, talk.root, talk.nodes[0][3] - 1
        pieces: list[bytes] = []
        line: list[CommentId] = []  # of those above, where some of the talk stands elsewhere
        for node, card in zip(talk.nodes, cards, strict=True):
            before, level = level, node[3] - above
            if level > before + 1 or level > NESTED_LEVELS:
                level = min(level, before + 1, NESTED_LEVELS + 1)
            if level > before:
                pieces.append((_OPEN_FOCUS if node[0] == root else _OPEN)[level])
            elif cuts:
                pieces += self._closed(line, level)
            else:
                pieces.append(_CLOSES[before - level])
            pieces.append(card)
            if cuts:
                line[level - 1 :] = (node[0],)
                if node[0] in cuts and cuts[node[0]].start is None:
                    pieces.append(b"<p class=on>%b</p>" % self._onward(node[0]))
        return [*pieces, *(self._closed(line, 0) if cuts else (_CLOSES[level - 1], _CLOSE_LIST))]

    def _closed(self, line: Sequence[CommentId], level: int) -> list[bytes]:
        """Close the comments of a line from its end up to a level; a list that goes on elsewhere says so first."""
        out = [_CLOSE]
        for place in range(len(line) - 1, level - 1, -1):
            parent = line[place - 1] if place else None
            cut = self._talk.cuts.get(parent)
            if parent is not None and cut is not None and cut.start is not None:
                out.append(b"<li class=on>%b</li>" % self._onward(parent))
            out.append(_CLOSE_LIST + _CLOSE if place else _CLOSE_LIST)
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
