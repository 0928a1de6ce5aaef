"""What does each list answer? Read in one snapshot, drawn in the form that is asked for, with what it depends on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeVar

from starlette.requests import Request

from folkmoot.db.base import Reader
from folkmoot.doors import list_forms
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import Depends
from folkmoot.doors.handles import site_host
from folkmoot.doors.list_depends import community_depends, directory_depends, front_depends, person_depends
from folkmoot.doors.negotiate import Form
from folkmoot.doors.web import community_page, directory_page, front_page, person_page, post_lists
from folkmoot.doors.web.appearance import Density
from folkmoot.doors.web.asked import asked_of
from folkmoot.doors.web.community_page import CommunityShow
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.paths import community_path, named_path, person_path
from folkmoot.doors.web.reading import frame_for, look_asked
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import Micros
from folkmoot.queries.community_page import community_comments, find_community
from folkmoot.queries.directory import communities_list
from folkmoot.queries.list_views import CommunityPage, PersonPage
from folkmoot.queries.person_page import find_person, person_items
from folkmoot.queries.post_lines import items_with_texts, with_texts
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.site import site
from folkmoot.queries.views import CommunityView

POSTS_A_PAGE = 25
ITEMS_A_PAGE = 25
COMMUNITIES_A_PAGE = 50

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")

V = TypeVar("V", bound=Enum)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request wants of a list."""

    context: WebContext
    request: Request
    form: Form
    now: Micros
    called: str
    """The name in the address; nothing where it has none."""

    @property
    def after(self) -> str | None:
        """The cursor, where one was sent."""
        return asked_of(self.request).params.get("after") or None

    def choice(self, name: str, usual: V) -> V:
        """Return what a parameter chooses; the usual for what is no word of it."""
        known: Mapping[str, V] = _words(type(usual))
        return known.get(asked_of(self.request).params.get(name, ""), usual)

    def frame(self, reader: Reader) -> Frame:
        """Return the frame for who asks."""
        return frame_for(self.request, self.context, site(reader))

    @property
    def texts(self) -> bool:
        """Whether posts are shown with what they say."""
        return self.form is not Form.HTML or look_asked(self.request).density is Density.ROOMY

    def place(self, of: post_lists.Place, feed: str | None = None) -> list_forms.Place:
        """Return where a list is, for forms that name it.

        Args:
            of: the list.
            feed: the path of its feed; if not told, the page's with a suffix, or the page's own where none can follow.
        """
        followed = of.path if "@" in self.called else f"{of.path}.rss"
        params = [(name, value) for name, value in of.params if value is not None]
        return list_forms.Place(self.context.site_url, of.path, feed or followed, params)

    def data(self, body: bytes, depends: Depends, *, status: int = 200) -> "Answer":
        """Return a form that gives exact times: it stays the same while time passes."""
        return Answer(body, depends._replace(until=None), status)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document and what it depends on; `status` is 410 where it is about somebody who is gone."""

    body: bytes
    depends: Depends
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
    view = feed_posts(reader, feed, sort=sort, after=asked.after, limit=POSTS_A_PAGE, now=asked.now)
    if asked.texts:
        view = with_texts(reader, view)
    depends = front_depends(view, asked.now)
    if asked.form is Form.HTML:
        page = front_page.front_page(view, asked.frame(reader), asked.now, feed=feed, after=asked.after)
        return Answer(page.encode(), depends)
    place = asked.place(front_page.front_place(feed, sort, None), "/front.rss")
    return asked.data(list_forms.front_form(asked.form, view, site(reader), feed=feed, place=place), depends)


def community(asked: Asked, reader: Reader) -> Answer | Elsewhere | Gone:
    """Answer for a community's page.

    Raises:
        NotFound: `couldnt_find_community`.
        Invalid: `bad_cursor`.
    """
    name, host = _parted(asked.called, "couldnt_find_community")
    about = find_community(reader, name, None if _is_ours(asked, host) else host)
    path = community_path(about.community)
    if path != named_path("/c/", asked.called):
        return Elsewhere(path)
    gone = _gone(about.community)
    if gone is not None:
        return gone
    if asked.choice("show", CommunityShow.POSTS) is CommunityShow.COMMENTS:
        return _comments(asked, reader, about)
    return _posts(asked, reader, about)


def _posts(asked: Asked, reader: Reader, about: CommunityPage) -> Answer:
    sort = asked.choice("sort", post_lists.USUAL_SORT)
    view = community_posts(reader, about.community.id, sort=sort, after=asked.after, limit=POSTS_A_PAGE, now=asked.now)
    if asked.texts:
        view = with_texts(reader, view)
    depends = community_depends(about, view, asked.now)
    if asked.form is Form.HTML:
        page = community_page.community_posts_page(about, view, asked.frame(reader), asked.now, after=asked.after)
        return Answer(page.encode(), depends)
    place = asked.place(community_page.community_place(about.community, CommunityShow.POSTS, sort, None))
    return asked.data(list_forms.community_form(asked.form, view, about, place=place), depends)


def _comments(asked: Asked, reader: Reader, about: CommunityPage) -> Answer:
    view = community_comments(reader, about.community.id, after=asked.after, limit=ITEMS_A_PAGE)
    depends = community_depends(about, view, asked.now)
    if asked.form is Form.HTML:
        page = community_page.community_comments_page(about, view, asked.frame(reader), asked.now, after=asked.after)
        return Answer(page.encode(), depends)
    show, sort = CommunityShow.COMMENTS, post_lists.USUAL_SORT
    place = asked.place(community_page.community_place(about.community, show, sort, None))
    return asked.data(list_forms.community_comments_form(asked.form, view, about, place=place), depends)


def person(asked: Asked, reader: Reader) -> Answer | Elsewhere:
    """Answer for somebody's page.

    Raises:
        NotFound: `couldnt_find_person`.
        Invalid: `bad_cursor`.
    """
    about = _found_person(asked, reader)
    path = person_path(about.person)
    if path != named_path("/u/", asked.called):
        return Elsewhere(path)
    show = asked.choice("show", person_page.USUAL_SHOW)
    sort = asked.choice("sort", person_page.USUAL_SORT)
    view = person_items(reader, about.person.id, show=show, sort=sort, after=asked.after, limit=ITEMS_A_PAGE)
    if asked.texts:
        view = items_with_texts(reader, view)
    depends, status = person_depends(about, view, asked.now), 410 if about.person.deleted else 200
    if asked.form is Form.HTML:
        page = person_page.person_page(about, view, asked.frame(reader), asked.now, after=asked.after)
        return Answer(page.encode(), depends, status)
    place = asked.place(person_page.person_place(about.person, show, sort, None))
    return asked.data(list_forms.person_form(asked.form, view, about, place=place), depends, status=status)


def communities(asked: Asked, reader: Reader) -> Answer:
    """Answer for the directory.

    Raises:
        Invalid: `bad_cursor`.
    """
    feed = asked.choice("feed", directory_page.USUAL_FEED)
    sort = asked.choice("sort", directory_page.USUAL_SORT)
    view = communities_list(reader, feed, sort=sort, after=asked.after, limit=COMMUNITIES_A_PAGE)
    if asked.form is Form.HTML:
        page = directory_page.directory_page(view, asked.frame(reader), asked.now, after=asked.after)
        return Answer(page.encode(), directory_depends(view))
    return asked.data(list_forms.directory_form(view, site_url=asked.context.site_url), directory_depends(view))


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
