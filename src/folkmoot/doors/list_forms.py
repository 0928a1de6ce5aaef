"""Which form of a list has which renderer? The JSON and RSS of lists come together here; their pages are in `web`."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from folkmoot.doors.api.lists import comments_json, communities_json, person_json, posts_json
from folkmoot.doors.feeds.list_feed import Channel, items_feed, posts_feed
from folkmoot.doors.handles import full_handle
from folkmoot.doors.negotiate import Form
from folkmoot.queries.list_views import CommentList, CommunityList, CommunityPage, ItemList, PersonPage, PostList
from folkmoot.queries.views import Feed, SiteView
from folkmoot.text.html import escaped

DATA_FORMS = (Form.RSS, Form.JSON)
"""The forms that are made here, of lists of posts and comments; the directory has JSON alone."""


class Place(NamedTuple):
    """Where a list is: the paths of its page and of its feed, and the parameters that both take."""

    site_url: str
    page: str
    feed: str
    params: Sequence[tuple[str, str]] = ()

    def channel(self, title: str, description: str) -> Channel:
        """Say what a feed is of; `description` is HTML."""
        query = f"?{urlencode(self.params)}" if self.params else ""
        return Channel(title, f"{self.site_url}{self.page}{query}", f"{self.site_url}{self.feed}{query}", description)


def front_form(form: Form, view: PostList, site: SiteView, *, feed: Feed, place: Place) -> bytes:
    """Give the front page as JSON or RSS; the list has texts."""
    if form is Form.JSON:
        return posts_json(view, site_url=place.site_url, feed=feed)
    return posts_feed(view, place.channel(site.name, escaped(site.description)), site_url=place.site_url)


def community_form(form: Form, view: PostList, about: CommunityPage, *, place: Place) -> bytes:
    """Give a community with its posts as JSON or RSS; the list has texts."""
    if form is Form.JSON:
        return posts_json(view, site_url=place.site_url, community=about)
    return posts_feed(view, _of_community(about, place), site_url=place.site_url)


def community_comments_form(form: Form, view: CommentList, about: CommunityPage, *, place: Place) -> bytes:
    """Give a community with its newest comments as JSON or RSS."""
    if form is Form.JSON:
        return comments_json(view, site_url=place.site_url, community=about)
    return items_feed(view.items, _of_community(about, place), site_url=place.site_url)


def person_form(form: Form, view: ItemList, about: PersonPage, *, place: Place) -> bytes:
    """Give somebody with what they wrote as JSON or RSS; the posts have texts."""
    if form is Form.JSON:
        return person_json(view, site_url=place.site_url, person=about)
    handle = full_handle(about.person, site_url=place.site_url)
    channel = place.channel(about.person.display_name or handle, escaped(handle))
    return items_feed(view.items, channel, site_url=place.site_url)


def directory_form(view: CommunityList, *, site_url: str) -> bytes:
    """Give the directory as JSON."""
    return communities_json(view, site_url=site_url)


def _of_community(about: CommunityPage, place: Place) -> Channel:
    return place.channel(about.community.title, about.community.html)
