"""What does each list answer? Its order is read, its rows and its shell are taken from what is kept, or made."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeVar

from folkmoot.db.base import Reader
from folkmoot.doors import list_shells
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import Depends, Of, Thing
from folkmoot.doors.documents import Whole
from folkmoot.doors.handles import site_host
from folkmoot.doors.list_forms import BETWEEN, Rows, Told
from folkmoot.doors.list_rows import Piece, Pieces, Shell, joined, of_site, shown
from folkmoot.doors.list_shells import Around
from folkmoot.doors.negotiate import Form
from folkmoot.doors.web import asked as requests
from folkmoot.doors.web import directory_page, front_page, person_page, post_lists
from folkmoot.doors.web.community_page import CommunityShow
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.paths import community_path, named_path, person_path
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries.community_page import community_comments, find_community
from folkmoot.queries.directory import communities_listed
from folkmoot.queries.list_views import CommunityPage, PersonPage
from folkmoot.queries.person_page import find_person, person_items
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.site import site
from folkmoot.queries.views import CommunityView

POSTS_A_PAGE = 25
ITEMS_A_PAGE = 25
COMMUNITIES_A_PAGE = 50

_FRONT = Told()
_COMMUNITY = Told(community=False)
_COMMENTS = Told(community=False, items=True)
_PERSON = Told(author=False, items=True)
_EVERYWHERE = (Of.LIST, 0)
_DIRECTORY = (Of.DIRECTORY, 0)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")

V = TypeVar("V", bound=Enum)


@dataclass(slots=True)
class Asked:
    """What one request wants of a list. Make it before the read transaction begins."""

    context: WebContext
    meant: requests.Asked
    form: Form
    now: Micros
    called: str
    """The name in the address; nothing where it has none."""
    pieces: Pieces

    @property
    def after(self) -> str | None:
        """The cursor, where one was sent."""
        return self.meant.params.get("after") or None

    def choice(self, name: str, usual: V) -> V:
        """Return what a parameter chooses; the usual for what is no word of it."""
        word = self.meant.params.get(name)
        if word is None:
            return usual
        known: Mapping[str, V] = _words(type(usual))
        return known.get(word, usual)

    def frame(self, reader: Reader) -> Frame:
        """Return the frame for who asks."""
        there = self.pieces.view(("site",), lambda: site(reader), lambda _: of_site())
        return Frame(there, self.context.site_url, self.meant.language, self.meant.look)

    def rows(self, reader: Reader, told: Told) -> Rows:
        """Return who makes the rows that are not kept."""
        return Rows(reader, self.form, self.frame(reader), self.now, told)

    def kind(self, things: str, told: Told) -> str:
        """Return what the rows of such things are kept by, besides their ids."""
        return f"{things} {told.looks(self.form, self.meant.language, self.meant.look)}"

    def shell(self, reader: Reader, part: post_lists.Part, make: Callable[[Around], Shell]) -> Shell:
        """Return what stands around the rows: kept by all that was asked for, and by what of the list follows."""
        meant = self.meant
        key = ("shell", self.form, self.called, meant.key or repr(meant), *part)
        return self.pieces.shell(key, lambda: make(Around(self.form, self.frame(reader), self.now, self.after, part)))

    def answer(self, shell: Shell, rows: list[Piece], things: Iterable[Thing], *, status: int = 200) -> "Answer":
        """Return a whole document.

        Args:
            shell: what stands around the rows.
            rows: in order.
            things: of which the list itself is made.
            status: of the answer.
        """
        keeps = self.context.kept.pages.max_bytes > 0
        depends = shown(shell, rows, things, self.now) if keeps else None
        return Answer(joined(shell, rows, BETWEEN[self.form]), depends, status)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document and what it depends on, where pages are kept; `status` is 410 where it is about somebody gone."""

    body: Whole
    depends: Depends | None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The thing has another address here: `path`, to which a suffix may be added."""

    path: str


@dataclass(frozen=True, slots=True)
class Gone:
    """There was such a thing. `code` says what became of it."""

    status: int
    code: str


def front(asked: Asked, reader: Reader) -> Answer:
    """Answer for the front page.

    Raises:
        Invalid: `bad_cursor`.
    """
    feed = asked.choice("feed", front_page.USUAL_FEED)
    sort = asked.choice("sort", post_lists.USUAL_SORT)
    ids, after = feed_posts(reader, feed, sort=sort, after=asked.after, limit=POSTS_A_PAGE, now=asked.now)
    rows = _posts(asked, reader, ids, _FRONT)
    part = post_lists.Part(bool(ids), after)
    shell = asked.shell(reader, part, lambda around: list_shells.front_shell(around, feed, sort))
    return asked.answer(shell, rows, (_EVERYWHERE,))


def community(asked: Asked, reader: Reader) -> Answer | Elsewhere | Gone:
    """Answer for a community's page.

    Raises:
        NotFound: `couldnt_find_community`.
        Invalid: `bad_cursor`.
    """
    key = ("community", asked.called)
    about = asked.pieces.view(key, lambda: _found_community(asked, reader), list_shells.of_community)
    path = community_path(about.community)
    if path != named_path("/c/", asked.called):
        return Elsewhere(path)
    gone = _gone(about.community)
    if gone is not None:
        return gone
    comments = asked.choice("show", CommunityShow.POSTS) is CommunityShow.COMMENTS
    return _community_comments(asked, reader, about) if comments else _community_posts(asked, reader, about)


def _community_posts(asked: Asked, reader: Reader, about: CommunityPage) -> Answer:
    sort, community = asked.choice("sort", post_lists.USUAL_SORT), about.community.id
    ids, after = community_posts(reader, community, sort=sort, after=asked.after, limit=POSTS_A_PAGE, now=asked.now)
    rows = _posts(asked, reader, ids, _COMMUNITY)
    part, show = post_lists.Part(bool(ids), after), CommunityShow.POSTS
    shell = asked.shell(reader, part, lambda around: list_shells.community_shell(around, about, show, sort))
    return asked.answer(shell, rows, ((Of.LIST, community),))


def _community_comments(asked: Asked, reader: Reader, about: CommunityPage) -> Answer:
    community = about.community.id
    ids, after = community_comments(reader, community, after=asked.after, limit=ITEMS_A_PAGE)
    rows = _comments(asked, reader, ids, _COMMENTS)
    part, show, sort = post_lists.Part(bool(ids), after), CommunityShow.COMMENTS, post_lists.USUAL_SORT
    shell = asked.shell(reader, part, lambda around: list_shells.community_shell(around, about, show, sort))
    return asked.answer(shell, rows, ((Of.LIST, community),))


def person(asked: Asked, reader: Reader) -> Answer | Elsewhere:
    """Answer for somebody's page.

    Raises:
        NotFound: `couldnt_find_person`.
        Invalid: `bad_cursor`.
    """
    about = _person(asked, reader)
    path = person_path(about.person)
    if path != named_path("/u/", asked.called):
        return Elsewhere(path)
    show = asked.choice("show", person_page.USUAL_SHOW)
    sort = asked.choice("sort", person_page.USUAL_SORT)
    things, after = person_items(reader, about.person.id, show=show, sort=sort, after=asked.after, limit=ITEMS_A_PAGE)
    rows = _written(asked, reader, things)
    part, wish = post_lists.Part(bool(things), after), person_page.Wish(show, sort)
    shell = asked.shell(reader, part, lambda around: list_shells.person_shell(around, about, wish))
    return asked.answer(shell, rows, (), status=410 if about.person.deleted else 200)


def communities(asked: Asked, reader: Reader) -> Answer:
    """Answer for the directory.

    Raises:
        Invalid: `bad_cursor`.
    """
    feed = asked.choice("feed", directory_page.USUAL_FEED)
    sort = asked.choice("sort", directory_page.USUAL_SORT)
    ids, after = communities_listed(reader, feed, sort=sort, after=asked.after, limit=COMMUNITIES_A_PAGE)
    kind = asked.kind("communities", _FRONT)
    rows = asked.pieces.rows(kind, ids, lambda missing: asked.rows(reader, _FRONT).communities(missing))
    part = post_lists.Part(bool(ids), after)
    shell = asked.shell(reader, part, lambda around: list_shells.directory_shell(around, feed, sort))
    return asked.answer(shell, rows, (_DIRECTORY,))


def _posts(asked: Asked, reader: Reader, ids: list[PostId], told: Told) -> list[Piece]:
    kind = asked.kind("posts", told)
    return asked.pieces.rows(kind, ids, lambda missing: asked.rows(reader, told).posts(missing))


def _comments(asked: Asked, reader: Reader, ids: list[CommentId], told: Told) -> list[Piece]:
    kind = asked.kind("comments", told)
    return asked.pieces.rows(kind, ids, lambda missing: asked.rows(reader, told).comments(missing))


def _written(asked: Asked, reader: Reader, things: list[tuple[bool, int]]) -> list[Piece]:
    """Give posts and comments in one order."""
    posts = [PostId(thing) for is_comment, thing in things if not is_comment]
    comments = [CommentId(thing) for is_comment, thing in things if is_comment]
    if not posts:
        return _comments(asked, reader, comments, _PERSON)
    of_posts = iter(_posts(asked, reader, posts, _PERSON))
    of_comments = iter(_comments(asked, reader, comments, _PERSON))
    return [next(of_comments if is_comment else of_posts) for is_comment, _ in things]


def _found_community(asked: Asked, reader: Reader) -> CommunityPage:
    name, host = _parted(asked.called, "couldnt_find_community")
    return find_community(reader, name, None if _is_ours(asked, host) else host)


def _person(asked: Asked, reader: Reader) -> PersonPage:
    """Look somebody up, or take what is kept. Whom a handle with our own host means changes when somebody is learnt."""
    _, at, host = asked.called.partition("@")
    if at and _is_ours(asked, host):
        return _found_person(asked, reader)
    return asked.pieces.view(("person", asked.called), lambda: _found_person(asked, reader), list_shells.of_person)


def _found_person(asked: Asked, reader: Reader) -> PersonPage:
    """Look somebody up. A handle with our own host may be nobody of here: it may be known from a file only."""
    name, host = _parted(asked.called, "couldnt_find_person")
    try:
        return find_person(reader, name, host)
    except NotFound:
        if not _is_ours(asked, host):
            raise
        return find_person(reader, name, None)


def _parted(called: str, otherwise: str) -> tuple[str, str | None]:
    """Take `name@host` apart. What no database can hold names nothing, and is refused as `otherwise`."""
    if _NO_TEXT.search(called):
        raise NotFound(otherwise)
    name, at, host = called.partition("@")
    return name, host if at else None


def _is_ours(asked: Asked, host: str | None) -> bool:
    return host is not None and host.casefold() == site_host(asked.context.site_url)


def _gone(found: CommunityView) -> Gone | None:
    if found.removed:
        return Gone(404, "community_removed")
    return Gone(410, "community_deleted") if found.deleted else None


@cache
def _words(kind: type[V]) -> Mapping[str, V]:
    return {member.value: member for member in kind}
