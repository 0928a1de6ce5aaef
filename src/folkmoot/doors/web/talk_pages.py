"""How is a page of comments made without doing again what was done already? From kept pieces, in two caches.

In `parts`: the words of a thread's comments; they are shown again only if the row of their comment is what it was. In
`pieces`: whole lists of comments, until something in their thread changes or one of their ages does, and what stands
around them. For a page whose list and surroundings are kept nothing is read; for a list that is kept nothing but the
head of its page; for words that are kept the narrow rows.

A list is kept as a part of the page that it was drawn for: so that page is sent as it lies there, and the others that
share its list (another look) are joined anew each time.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.doors.caches import Caches, Key
from folkmoot.doors.depends import Depends, Of, Thing
from folkmoot.doors.documents import Whole, digest_of
from folkmoot.doors.kept import Kept
from folkmoot.doors.web.comment_list import CommentList, comment_list
from folkmoot.doors.web.comment_words import KnownWords
from folkmoot.doors.web.present import Scene
from folkmoot.model.ids import CommentId, Micros, Uri
from folkmoot.queries.comments import Words, texts, words
from folkmoot.queries.heads import Head
from folkmoot.queries.talk import Talk, TalkHead, Wish, talk_of_comment, talk_of_post
from folkmoot.queries.texts import rendered
from folkmoot.queries.tree import Cut
from folkmoot.queries.views import Absence, AuthorView

_TEXT_KEPT = 1_000


class Root(NamedTuple):
    """The comment that a page was asked for. `text` is empty where it is gone; `uri` is of one from elsewhere."""

    author: AuthorView
    handle: str | None
    position: int | None
    uri: Uri | None
    text: str


Sides = tuple[bytes, bytes]
"""What stands before a list on its page, and after it."""


@dataclass(frozen=True, slots=True)
class DrawnTalk:
    """A list of comments, and what the page around it has to say of it.

    `markup` is the list in pieces, none where there are no comments. `rest` is what stands on the pages after this one,
    `passed` how many comments stand on those before; `earlier` how many of the comments above the one asked for are not
    here. `people` are its authors; `until` is when an age of it becomes another one. Of a list whose page is finished,
    `home` is that page, of which the markup is a part, and `digest` tells it from all other lists.
    """

    markup: Sequence[bytes | memoryview]
    rest: Cut | None
    passed: int
    earlier: int
    first: CommentId | None
    shown_above: int
    people: frozenset[int]
    until: Micros
    root: Root | None = None
    home: Whole | None = None
    digest: bytes = b""

    @property
    def told(self) -> tuple[object, ...]:
        """What the page around it says of it."""
        return self.rest, self.passed, self.earlier, self.first, self.shown_above, self.root


class Shown(NamedTuple):
    """A finished page: what it says, and what it shows. `activity`: that has an ActivityPub form, too."""

    body: Whole
    talk: DrawnTalk
    depends: Depends
    activity: bool


class Shows(NamedTuple):
    """What a page shows besides its comments, until when their ages hold, and `activity` as in `Shown`."""

    things: frozenset[Thing]
    until: Micros
    activity: bool


class _Around(NamedTuple):
    """What stands around a list on one page. It belongs to the list under `talk_key` while that has `talk_digest`.

    `digest` is of the whole page. `sides` is None where the list is kept as a part of this very page.
    """

    talk_key: Key
    talk_digest: bytes
    sides: Sides | None
    digest: bytes
    shows: Shows


class Wanted(NamedTuple):
    """Which list of comments: below which head, for whom, of one comment or of the post."""

    above: TalkHead
    scene: Scene
    wish: Wish
    comment: CommentId | None

    @property
    def key(self) -> Key:
        """What it is kept under."""
        above, wish = self.above, self.wish
        context = 0 if self.comment is None else wish.context
        tag = self.scene.words.language.tag
        return "talk", above.post.id, self.comment, tag, above.sort, wish.start, wish.whole, context


class TalkPages:
    """How lists of comments come out of the caches of a process."""

    def __init__(self, kept: Caches) -> None:
        """Use the caches of this process."""
        self._changes = kept.changes
        self._parts: Kept[Key, Any] = kept.parts
        self._lists: Kept[Key, Any] = kept.pieces

    def generation(self) -> int:
        """Say since when what is read now can be kept: ask before the read transaction begins."""
        return self._changes.generation()

    def page(self, key: Key, now: Micros) -> Shown | None:
        """Give a whole page, if it is kept; nothing is read."""
        around: _Around | None = self._lists.get(key, now)
        talk: DrawnTalk | None = None if around is None else self._lists.get(around.talk_key, now)
        if around is None or talk is None or talk.digest != around.talk_digest:
            return None
        _, _, sides, digest, (things, until, activity) = around
        home = talk.home
        if home is None or home.digest != digest:
            if sides is None:
                return None
            home = Whole(b"".join((sides[0], *talk.markup, sides[1])), digest)
        return Shown(home, talk, Depends(things, talk.people, until), activity)

    def kept(self, wanted: Wanted) -> DrawnTalk | None:
        """Give the list that is wanted, if it is kept."""
        found: DrawnTalk | None = self._lists.get(wanted.key, wanted.above.as_of)
        return found

    def drawn(self, reader: Reader, head: Head, wanted: Wanted, *, since: int) -> DrawnTalk:
        """Read and draw a list of comments; it is kept when its page is finished."""
        above = wanted.above
        if wanted.comment is None:
            talk = talk_of_post(reader, head, above, wanted.wish)
        else:
            talk = talk_of_comment(reader, head, above, wanted.comment, wanted.wish)
        said = self._said(reader, talk, wanted, since)
        made = comment_list(talk, said, wanted.scene, query=query_of(above))
        return drawn_talk(talk, made, root=_root(reader, talk))

    def finished(self, key: Key, wanted: Wanted, talk: DrawnTalk, *, sides: Sides, shows: Shows, since: int) -> Shown:
        """Put a page together, and keep it: under its own key what stands around its list, under the list's the list.

        Args:
            key: of the page.
            wanted: what the page is of.
            talk: its list, kept or just drawn.
            sides: what stands around the list.
            shows: what else is on the page.
            since: the generation before the snapshot.
        """
        before, after = sides
        content = b"".join((before, *talk.markup, after))
        drawn = talk.home is None
        if drawn:
            markup = memoryview(content)[len(before) : len(content) - len(after)]
            talk = replace(
                talk,
                markup=(markup,) if markup else (),
                digest=digest_of(hashlib.sha256(markup).digest(), repr(talk.told).encode()),
            )
        body = Whole(content, digest_of(before, talk.digest, after))
        page = Shown(body, talk, Depends(shows.things, talk.people, shows.until), shows.activity)
        if not self._lists.max_bytes:
            return page
        post = int(wanted.above.post.id)
        if drawn:
            depends = Depends(frozenset({(Of.POST, post)}), talk.people, talk.until)
            self._lists.put(wanted.key, replace(talk, home=body), size=len(content), depends=depends, since=since)
        around = _Around(wanted.key, talk.digest, None if drawn else sides, body.digest, shows)
        depends = Depends(shows.things, frozenset({int(wanted.above.post.author.id)}), shows.until)
        self._lists.put(key, around, size=0 if drawn else len(before) + len(after), depends=depends, since=since)
        return page

    def _said(self, reader: Reader, talk: Talk, wanted: Wanted, since: int) -> Mapping[CommentId, Words]:
        """Give the words of a talk: those that are kept, and those that are read, and kept from now on."""
        if not self._parts.max_bytes:
            return words(reader, [node[0] for node in talk.nodes])
        post = wanted.above.post.id
        key = ("words", int(post))
        kept: KnownWords | None = self._parts.get(key, wanted.above.as_of)
        known = KnownWords() if kept is None else kept
        said = known.of(talk.nodes)
        read = words(reader, [node[0] for node in talk.nodes if node[0] not in said])
        size = known.add(talk.nodes, read)
        if kept is None:
            depends = Depends(frozenset({(Of.POST, int(post))}), frozenset(), None)
            self._parts.put(key, known, size=size, depends=depends, since=since)
        elif size:
            self._parts.grow(key, known, size)
        return said | read


def drawn_talk(talk: Talk, made: CommentList, *, root: Root | None = None) -> DrawnTalk:
    """Say of a list of comments what its page needs to know.

    Args:
        talk: what stands on the page.
        made: the list.
        root: the comment that was asked for.
    """
    nodes = talk.nodes
    return DrawnTalk(
        made.pieces,
        rest=talk.cuts.get(None),
        passed=talk.passed,
        earlier=talk.earlier,
        first=nodes[0][0] if nodes else None,
        shown_above=0 if talk.root is None else next(at for at, node in enumerate(nodes) if node[0] == talk.root),
        people=frozenset(map(int, (talk.op, *talk.people))),
        until=made.until,
        root=root,
    )


def _root(reader: Reader, talk: Talk) -> Root | None:
    if talk.root is None:
        return None
    node = next(node for node in talk.nodes if node[0] == talk.root)
    row = texts(reader, [talk.root])[talk.root]
    text = rendered(row, "c", talk.root)[1][:_TEXT_KEPT] if node[13] == Absence.PRESENT else ""
    return Root(talk.people[node[2]], row.handle, node[4], row.uri, text)


def query_of(above: TalkHead) -> str:
    """Return what an address needs to have this order: nothing for the usual one."""
    return "" if above.sort is above.sorts[0] else f"sort={above.sort.value}"
