"""Which communities are there? A line for each: what it is about, how large, how alive."""

from functools import lru_cache
from typing import NamedTuple

from folkmoot.doors.web.facts import described
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import community_order
from folkmoot.doors.web.paths import community_path, list_path
from folkmoot.doors.web.post_lists import Ends, Place, list_slots
from folkmoot.doors.web.present import Markup, Scene, community_address
from folkmoot.doors.web.tabs import Tab
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import CommunityList
from folkmoot.queries.views import CommunitySort, CommunityView, Feed
from folkmoot.text.html import Html, escaped

USUAL_FEED = Feed.ALL
USUAL_SORT = CommunitySort.ACTIVE
EXCERPT_MAX_CHARS = 200
_KEPT = 4_096


def directory_page(view: CommunityList, frame: Frame, now: Micros, *, after: str | None) -> str:
    """Return the page of a list of communities.

    Args:
        view: the list.
        frame: for whom it is.
        now: when it was read.
        after: the cursor that the reader came with.
    """
    place = directory_place(view.feed, view.sort, after)
    scene = frame.scene(now)
    ends = Ends(view.after is not None, after is not None, _emptiness(view, after))
    return join_page(
        "communities.html",
        frame,
        _head(view, frame.language, place),
        choices=_Choices(view.feed, view.sort, ends),
        slots={
            **list_slots(place, view.after),
            "list": Markup("".join(_line(community, scene) for community in view.communities)),
            "feed_json": escaped(place.form("/communities.json")),
        },
    )


class _Choices(NamedTuple):
    """What the template decides by."""

    feed: Feed
    sort: CommunitySort
    ends: Ends

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what it needs."""
        return {
            "here": "communities",
            "feeds": _feeds(self.feed, self.sort, frame.language),
            "orders": _orders(self.feed, self.sort, frame.language),
            **self.ends.values(frame),
        }


def directory_place(feed: Feed, sort: CommunitySort, after: str | None) -> Place:
    """Return where a reader of the directory is."""
    return Place("/communities", (("feed", _feed_word(feed)), ("sort", _sort_word(sort))), after)


def _feed_word(feed: Feed) -> str | None:
    return None if feed is USUAL_FEED else feed.value


def _sort_word(sort: CommunitySort) -> str | None:
    return None if sort is USUAL_SORT else sort.value


def _emptiness(view: CommunityList, after: str | None) -> str:
    if view.communities:
        return ""
    if after is not None:
        return "end"
    return "local" if view.feed is Feed.LOCAL else "all"


def _feeds(current: Feed, sort: CommunitySort, language: Language) -> tuple[Tab, ...]:
    _ = language.gettext
    named = ((Feed.LOCAL, _("Local")), (Feed.ALL, _("All")))
    order = _sort_word(sort)
    return tuple(Tab(list_path("", feed=_feed_word(feed), sort=order), name, feed is current) for feed, name in named)


def _orders(shown: Feed, current: CommunitySort, language: Language) -> tuple[Tab, ...]:
    feed = _feed_word(shown)
    return tuple(
        Tab(list_path("", feed=feed, sort=_sort_word(sort)), community_order(sort, language), sort is current)
        for sort in CommunitySort
    )


def _line(community: CommunityView, scene: Scene) -> str:
    called = Markup(f"<bdi dir=ltr>{escaped(community_address(community, scene))}</bdi>")
    about = _about(community_path(community), community.title, community.html)
    return f"{about}{_counts(scene.words.language.tag, called, community)}</article></li>\n"


@lru_cache(_KEPT)
def _about(path: str, title: str, html: Html) -> str:
    """Return the beginning of a line: what a community is about."""
    about = described(html, EXCERPT_MAX_CHARS)
    said = f'<p class=excerpt dir=auto lang="">{escaped(about)}</p>' if about else ""
    return f'<li><article><h2 dir=auto lang=""><a href="{escaped(path)}">{escaped(title)}</a></h2>{said}'


def _counts(tag: str, called: Markup, community: CommunityView) -> str:
    posts, comments, active = _numbers(tag, community.posts, community.comments, community.active_month)
    meta = f"<span>{called}</span> <span>{posts}</span> <span>{comments}</span>"
    return f"<p class=meta>{meta}</p><p class=talk>{active}</p>"


@lru_cache(_KEPT)
def _numbers(tag: str, posts: int, comments: int, active: int) -> tuple[Html, Html, Html]:
    words = words_in(tag)
    said = words.language.ngettext("{count} post", "{count} posts", posts)
    return escaped(said), escaped(words.comments(comments)), escaped(_active(active, words.language))


def _active(people: int, language: Language) -> str:
    if people == 0:
        return language.gettext("quiet this month")
    return language.ngettext("{count} active this month", "{count} active this month", people)


def _head(view: CommunityList, language: Language, place: Place) -> Head:
    return Head(
        title=language.gettext("Communities"),
        path=place.here,
        alternates=(Alternate("application/json", place.form("/communities.json")),),
        following=None if view.after is None else place.at(view.after),
    )
