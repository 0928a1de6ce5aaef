"""What stands around the rows of each list, in each form, and what does that show?

A shell is remembered by the very values that it shows: where nothing is kept, they are read anew each time, and mostly
are what they were.
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from folkmoot.doors.api.list_shapes import OurList
from folkmoot.doors.api.lists import comments_document, directory_document, person_document, posts_document
from folkmoot.doors.depends import SITE, Depends, Of, Thing, age_until
from folkmoot.doors.feeds.list_feed import Channel, feed_document
from folkmoot.doors.handles import full_handle
from folkmoot.doors.list_rows import Shell, of_site, shell_of
from folkmoot.doors.negotiate import Form
from folkmoot.doors.web.community_page import (
    CommunityShow,
    community_comments_page,
    community_place,
    community_posts_page,
)
from folkmoot.doors.web.directory_page import directory_page, directory_place
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page, front_place
from folkmoot.doors.web.person_page import Wish, person_page, person_place
from folkmoot.doors.web.post_lists import Part, Place
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import CommunityPage, PersonPage
from folkmoot.queries.views import CommunitySort, Feed, PostSort
from folkmoot.text.html import escaped

_REMEMBERED = 64
"""Shells of each kind of list, with what they show: some 10 kB each."""
_ANY_TIME = Micros(0)


class Around(NamedTuple):
    """What every shell needs to know: the form, for whom, when, the cursor that the reader came with, what follows."""

    form: Form
    frame: Frame
    now: Micros
    came: str | None
    part: Part

    def at(self, moment: Micros) -> "Around":
        """Give the same for a time that stands for all at which the shell is the same."""
        return Around(self.form, self.frame, moment, self.came, self.part)

    def feed(self, title: str, description: str, place: Place, path: str) -> bytes:
        """Give the feed of a list; `description` is HTML, `path` is the feed's own."""
        params = [(name, value) for name, value in place.params if value is not None]
        query, url = f"?{urlencode(params)}" if params else "", self.frame.site_url
        channel = Channel(title, f"{url}{place.path}{query}", f"{url}{path}{query}", description)
        return feed_document(channel, empty=not self.part.filled)


def front_shell(around: Around, feed: Feed, sort: PostSort) -> Shell:
    """Give what stands around a list over communities."""
    return _front_shell(around.at(_ANY_TIME), feed, sort)


@lru_cache(_REMEMBERED)
def _front_shell(around: Around, feed: Feed, sort: PostSort) -> Shell:
    frame, place, part = around.frame, front_place(feed, sort, around.came), around.part
    if around.form is Form.HTML:
        return shell_of(front_page(frame, place, part, feed=feed, sort=sort), of_site())
    if around.form is Form.JSON:
        ours = OurList(sort=sort.value, feed=feed.value)
        return shell_of(posts_document(ours, part.after, site_url=frame.site_url), of_site())
    site = frame.site
    return shell_of(around.feed(site.name, escaped(site.description), place, "/front.rss"), of_site())


def community_shell(around: Around, about: CommunityPage, show: CommunityShow, sort: PostSort) -> Shell:
    """Give what stands around a community's posts or comments. Only an empty one says an age: its own."""
    moment = _ANY_TIME if around.part.filled else _same_age(about.community.published, around.now)
    return _community_shell(around.at(moment), about, show, sort)


@lru_cache(_REMEMBERED)
def _community_shell(around: Around, about: CommunityPage, show: CommunityShow, sort: PostSort) -> Shell:
    frame, part, now = around.frame, around.part, around.now
    place = community_place(about.community, show, sort, around.came)
    posts, depends = show is CommunityShow.POSTS, of_community(about)
    if around.form is Form.HTML:
        if posts:
            page = community_posts_page(about, frame, now, place, part, sort=sort)
        else:
            page = community_comments_page(about, frame, now, place, part)
        made = None if part.filled else age_until(about.community.published, now)
        return shell_of(page, depends._replace(until=made))
    if around.form is Form.RSS:
        path = _feed_path(place, about.community.host)
        return shell_of(around.feed(about.community.title, about.community.html, place, path), depends)
    if posts:
        ours = OurList(sort=sort.value)
        return shell_of(posts_document(ours, part.after, site_url=frame.site_url, community=about), depends)
    ours = OurList(sort="new", show=show.value)
    return shell_of(comments_document(ours, part.after, site_url=frame.site_url, community=about), depends)


def person_shell(around: Around, about: PersonPage, wish: Wish) -> Shell:
    """Give what stands around what somebody wrote. It says for how long they have been here, and who is new."""
    return _person_shell(around.at(_same_age(about.person.published, around.now)), about, wish)


@lru_cache(_REMEMBERED)
def _person_shell(around: Around, about: PersonPage, wish: Wish) -> Shell:
    frame, part, person = around.frame, around.part, about.person
    place, depends = person_place(person, wish.show, wish.sort, around.came), of_person(about)
    if around.form is Form.HTML:
        until = age_until(person.published, around.now)
        return shell_of(person_page(about, wish, frame, around.now, place, part), depends._replace(until=until))
    if around.form is Form.JSON:
        ours = OurList(sort=wish.sort.value, show=wish.show.value)
        return shell_of(person_document(ours, part.after, site_url=frame.site_url, person=about), depends)
    handle = full_handle(person, site_url=frame.site_url)
    path = _feed_path(place, person.host)
    return shell_of(around.feed(person.display_name or handle, escaped(handle), place, path), depends)


def directory_shell(around: Around, feed: Feed, sort: CommunitySort) -> Shell:
    """Give what stands around the communities of the directory."""
    return _directory_shell(around.at(_ANY_TIME), feed, sort)


@lru_cache(_REMEMBERED)
def _directory_shell(around: Around, feed: Feed, sort: CommunitySort) -> Shell:
    if around.form is Form.HTML:
        place = directory_place(feed, sort, around.came)
        return shell_of(directory_page(around.frame, place, around.part, feed=feed, sort=sort), of_site())
    ours = OurList(sort=sort.value, feed=feed.value)
    return shell_of(directory_document(ours, around.part.after), of_site())


def of_community(about: CommunityPage) -> Depends:
    """Say what shows a community and its moderators."""
    people = frozenset(person.id for person in about.moderators)
    return Depends(frozenset({SITE, (Of.COMMUNITY, about.community.id)}), people, None)


def of_person(about: PersonPage) -> Depends:
    """Say what shows somebody and what they moderate."""
    moderated: list[Thing] = [(Of.COMMUNITY, community.id) for community in about.moderates]
    return Depends(frozenset({SITE, (Of.PERSON, about.person.id), *moderated}), frozenset({about.person.id}), None)


def _same_age(published: Micros, now: Micros) -> Micros:
    """Give the last moment at which the age is what it is now."""
    return Micros(age_until(published, now) - 1)


def _feed_path(place: Place, host: str | None) -> str:
    """Give the path of a feed: the page's with a suffix, or the page's own where none can follow."""
    return f"{place.path}.rss" if host is None else place.path
