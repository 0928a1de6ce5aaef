"""Which communities are there? A line for each: what it is about, how large, how alive."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from folkmoot.doors.depends import Of
from folkmoot.doors.list_rows import NEVER, Row
from folkmoot.doors.web.facts import described, remembered
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import community_order
from folkmoot.doors.web.paths import list_path, named_path
from folkmoot.doors.web.post_lists import Ends, Part, Place, ends, list_slots, rows_slot, titled
from folkmoot.doors.web.present import Scene, spelled_parts
from folkmoot.doors.web.tabs import Tab
from folkmoot.doors.web.words import words_in
from folkmoot.queries.directory import DirectoryRow
from folkmoot.queries.views import CommunitySort, Feed
from folkmoot.text.html import escaped

USUAL_FEED = Feed.ALL
USUAL_SORT = CommunitySort.ACTIVE
EXCERPT_MAX_CHARS = 200
_KEPT = 4_096


def directory_page(frame: Frame, place: Place, part: Part, *, feed: Feed, sort: CommunitySort) -> str:
    """Return the page of a list of communities, without its rows.

    Args:
        frame: for whom it is.
        place: as `directory_place` gives it.
        part: of the list.
        feed: whose communities these are.
        sort: their order.
    """
    return join_page(
        "communities.html",
        frame,
        _head(frame.language, place, part.after, feed=feed, sort=sort),
        choices=_Choices(feed, sort, ends(place, part, "local" if feed is Feed.LOCAL else "all")),
        slots={
            **list_slots(place, part.after),
            "list": rows_slot(part),
            "feed_json": remembered(place.form("/communities.json")),
        },
    )


def directory_lines(communities: Iterable[DirectoryRow], scene: Scene) -> Iterator[Row]:
    """Draw the communities of the list."""
    tag = scene.words.language.tag
    for community, name, host, title, html, posts, comments, active in communities:
        markup = b"%b%b</article></li>\n" % (
            _about(name, host, scene.host, title, described(html, EXCERPT_MAX_CHARS)),
            _counts(tag, posts, comments, active),
        )
        yield markup, community, (Of.COMMUNITY, community), community, (), NEVER


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


@lru_cache(_KEPT)
def _about(name: str, host: str | None, our_host: str, title: str, about: str) -> bytes:
    """Return the beginning of a line: what a community is about, and what it is called."""
    said = f'<p class=excerpt dir=auto lang="">{escaped(about)}</p>' if about else ""
    path = named_path("/c/", name if host is None else f"{name}@{host}")
    called = f"<bdi dir=ltr>{escaped('@'.join(spelled_parts(f'{name}@{host or our_host}')))}</bdi>"
    return (
        f'<li><article><h2 dir=auto lang=""><a href="{escaped(path)}">{escaped(title)}</a></h2>{said}'
        f"<p class=meta><span>{called}</span>"
    ).encode()


@lru_cache(_KEPT)
def _counts(tag: str, posts: int, comments: int, active: int) -> bytes:
    words = words_in(tag)
    said = words.language.ngettext("{count} post", "{count} posts", posts)
    return (
        f" <span>{escaped(said)}</span> <span>{escaped(words.comments(comments))}</span></p>"
        f"<p class=talk>{escaped(_active(active, words.language))}</p>"
    ).encode()


def _active(people: int, language: Language) -> str:
    if people == 0:
        return language.gettext("quiet this month")
    return language.ngettext("{count} active this month", "{count} active this month", people)


def _head(language: Language, place: Place, after: str | None, *, feed: Feed, sort: CommunitySort) -> Head:
    local = language.gettext("Local") if feed is Feed.LOCAL else ""
    order = "" if sort is USUAL_SORT else community_order(sort, language)
    return Head(
        title=titled(language, place, language.gettext("Communities"), local, order),
        path=place.here,
        alternates=(Alternate("application/json", place.form("/communities.json")),),
        following=None if after is None else place.at(after),
    )
