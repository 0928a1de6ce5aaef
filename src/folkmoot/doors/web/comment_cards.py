"""What does one comment look like, and does it still look so? Cards, kept until something on them becomes another.

A card is in three pieces: what stands before the words of the comment, the words, what stands after them. A vote, or an
age that becomes another one, makes the first and the last anew; only an edit needs the words to be read again.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from folkmoot.doors.web.comment_parts import Pieces, age_ends, gone, pieces_in, removed
from folkmoot.doors.web.present import Scene
from folkmoot.model.ids import CommentId, PersonId
from folkmoot.queries.comments import Words
from folkmoot.queries.talk import Talk
from folkmoot.queries.tree import Node
from folkmoot.queries.views import Absence, AuthorView

NAMED_PARENT_LEVEL = 5
"""From here on a comment says whom it answers: the steps become narrow."""
SKIP_FROM_REPLIES = 3

NEVER = 2**62

_CARD_BYTES = 900
"""What a card takes besides its pieces, about."""

DEEP = -4
ORPHAN = -3
NESTED = -2
TOP = -1
"""How a comment stands on its page: too deep to be nested; at the top, without what it answers; nested; at the top. At
the top with a way past its replies it is the number of the comment that the way leads to."""


class Card(NamedTuple):
    """A comment up to where its replies begin."""

    node: Node
    ends: int
    place: int
    """How it stands; see `NESTED`."""
    before: bytes
    words: bytes
    after: bytes
    time: str
    handle: str | None

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return _CARD_BYTES + len(self.before) + len(self.words) + len(self.after)


class Sheet:
    """The cards of one thread in one language; all of its pages share them, and any thread may draw with it.

    Whoever draws takes what is there, and adds what was drawn at the end, unless somebody on it has changed meanwhile.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cards: dict[CommentId, Card] = {}
        self._people: dict[PersonId, AuthorView] = {}
        self._changes = 0

    def taken(self, people: Mapping[PersonId, AuthorView]) -> "Taken":
        """Give what is drawn, for a page with these authors: nothing where one of them is not who they were."""
        with self._lock:
            known = self._people
            if any(known.get(person, view) != view for person, view in people.items()):
                self._cards, self._people = {}, {}
                self._changes += 1
            self._people.update(people)
            return Taken(self._cards.copy(), self._changes)

    def add(self, drawn: Mapping[CommentId, Card], taken: "Taken") -> int:
        """Keep what was drawn.

        Returns:
            How many bytes the sheet needs more, about.
        """
        with self._lock:
            if taken.changes != self._changes:
                return 0
            size = sum(card.size for card in drawn.values())
            size -= sum(self._cards[comment].size for comment in drawn.keys() & self._cards.keys())
            self._cards.update(drawn)
            return size


class Taken(NamedTuple):
    """The cards of a sheet at some moment."""

    cards: dict[CommentId, Card]
    changes: int

    def lacking(self, nodes: Sequence[Node]) -> list[CommentId]:
        """Name the comments whose words are not here, or those of another edition."""
        get = self.cards.get
        return [
            node[0]
            for node in nodes
            if (card := get(node[0])) is None or card[0][6] != node[6] or card[0][13] != node[13]
        ]


class Drawer:
    """Draws the cards of one page."""

    def __init__(self, cards: dict[CommentId, Card], talk: Talk, said: Mapping[CommentId, Words], scene: Scene) -> None:
        """Begin.

        Args:
            cards: what was drawn of this thread; what is drawn now replaces it there.
            talk: what stands on the page.
            said: the words of those comments that `cards` lacks.
            scene: of the page.
        """
        self.drawn: dict[CommentId, Card] = {}
        self._cards = cards
        self._talk = talk
        self._said = said
        self._scene = scene
        self._now = scene.now
        self._pieces: Pieces = pieces_in(scene.words.language.tag)
        self._names: dict[tuple[PersonId, str | None, bool], tuple[str, str, int]] = {}
        self._authors: dict[CommentId, PersonId] = {node[0]: node[2] for node in talk.nodes}

    def card(self, node: Node, place: int) -> Card:
        """Draw a comment."""
        comment, author, at, replies, now = node[0], node[2], node[6], node[9], self._now
        pieces = self._pieces
        said = self._said.get(comment)
        if said is None:
            _, _, _, _, words, _, time, handle = self._cards[comment]
        else:
            time, handle, words = pieces.time(node), said[1], self._words(node, said)
        edited = at is not None
        if at is None:
            at = node[5]
        top = place > NESTED or place == ORPHAN
        key = (author, handle, top)
        name, by, name_ends = self._names.get(key) or self._name(key)
        fold_key = (name, replies if place != DEEP else 0)
        fold = pieces.folds.get(fold_key) or pieces.fold(fold_key)
        to = self._to(node, place) if node[3] >= NAMED_PARENT_LEVEL else ""
        age = pieces.age(at, now, edited=edited)
        before = f"<li id=c{comment}><div class=head>{by}{time}{age}</time></a></span>{to}{fold}"
        ends = min(age_ends(at, now), name_ends)
        card = Card(node, ends, place, before.encode(), words, self._after(node, place), time, handle)
        self._cards[comment] = self.drawn[comment] = card
        return card

    def _after(self, node: Node, place: int) -> bytes:
        """Return what stands after the words: points and More, and the way past the replies."""
        skip = self._skip(place, node[9]) if place > 0 else ""
        if node[13]:
            return f"<div class=deeds>{skip}</div>".encode() if skip else b""
        pieces, score = self._pieces, node[12]
        points = "" if node[4] is not None else pieces.points.get(score) or pieces.point(score)
        return f"{points} <a href=/comment/{node[0]}/more>{pieces.more}</a>{skip}</div>".encode()

    def _skip(self, following: int, replies: int) -> str:
        said = self._scene.escape(self._scene.words.skip(replies))
        return f" <a class=skip href=#c{following}>{said}</a>"

    def _words(self, node: Node, said: Words) -> bytes:
        if node[13] == Absence.DELETED:
            return self._pieces.deleted.encode()
        if node[13] == Absence.REMOVED:
            return gone(removed(self._scene, node[15])).encode()
        if not said.html:
            return f"{self._pieces.nothing}<div class=deeds>".encode()
        return f'<div class=text lang="">{said.html}</div><div class=deeds>'.encode()

    def _name(self, key: tuple[PersonId, str | None, bool]) -> tuple[str, str, int]:
        """Return how somebody is called, the piece that says it, and how long it holds."""
        author, handle, top = key
        talk, scene = self._talk, self._scene
        person = talk.people[author]
        name, by = self._pieces.name(person, handle, scene, op=author == talk.op, top=top)
        ends = age_ends(person.published, scene.now) if scene.is_new(person) else NEVER
        found = self._names[key] = (name, by, ends)
        return found

    def _to(self, node: Node, place: int) -> str:
        """Return the way to the parent from where the steps are narrow, and the level where there are none."""
        parent, scene = node[1], self._scene
        if place == ORPHAN or parent is None:
            return ""
        key = (self._authors[parent], self._cards[parent].handle, False)
        name = (self._names.get(key) or self._name(key))[0]
        link = f" <span><a href=#c{parent}>{self._pieces.to(name)}</a></span>"
        if place != DEEP:
            return link
        language = scene.words.language
        said = language.gettext("level {number}").replace("{number}", language.number(node[3]))
        return f"{link} <span>{scene.escape(said)}</span>"


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
