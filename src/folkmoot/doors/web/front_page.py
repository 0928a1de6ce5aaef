"""What does a guest see first? Posts of all communities, each with its article, its archive and its talk."""

from typing import NamedTuple

from folkmoot.doors.web.facts import remembered
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import post_order
from folkmoot.doors.web.paths import list_path
from folkmoot.doors.web.post_lists import (
    USUAL_SORT,
    Ends,
    Part,
    Place,
    emptiness,
    ends,
    list_slots,
    order_named,
    rows_slot,
    titled,
)
from folkmoot.doors.web.tabs import Tab, order_tabs
from folkmoot.queries.views import Feed, PostSort

USUAL_FEED = Feed.ALL


def front_page(frame: Frame, place: Place, part: Part, *, feed: Feed, sort: PostSort) -> str:
    """Return the page of a list over communities, without its rows.

    Args:
        frame: for whom it is.
        place: as `front_place` gives it.
        part: of the list.
        feed: whose posts these are.
        sort: their order.
    """
    empty = emptiness(sort)
    if empty == "all" and feed is Feed.LOCAL:
        empty = "local"
    return join_page(
        "front.html",
        frame,
        _head(frame, place, part.after, feed=feed, sort=sort),
        choices=_Choices(feed, sort, ends(place, part, empty)),
        slots={
            **list_slots(place, part.after),
            "list": rows_slot(part),
            "description": remembered(frame.site.description),
            "feed_rss": remembered(place.form("/front.rss")),
            "feed_json": remembered(place.form("/front.json")),
        },
    )


class _Choices(NamedTuple):
    """What the template decides by."""

    feed: Feed
    sort: PostSort
    ends: Ends

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what it needs."""
        return {
            "here": "front",
            "feeds": _feeds(self.feed, self.sort, frame.language),
            "orders": order_tabs(self.sort, USUAL_SORT, frame.language, feed=_feed_word(self.feed)),
            "described": bool(frame.site.description),
            **self.ends.values(frame),
        }


def front_place(feed: Feed, sort: PostSort, after: str | None) -> Place:
    """Return where a reader of the front page is."""
    usual = sort is USUAL_SORT
    return Place("/", (("feed", _feed_word(feed)), ("sort", None if usual else sort.value)), after)


def _feed_word(feed: Feed) -> str | None:
    return None if feed is USUAL_FEED else feed.value


def _feeds(current: Feed, sort: PostSort, language: Language) -> tuple[Tab, ...]:
    _ = language.gettext
    order = None if sort is USUAL_SORT else sort.value
    named = ((Feed.LOCAL, _("Local")), (Feed.ALL, _("All")))
    return tuple(Tab(list_path("", feed=_feed_word(feed), sort=order), name, feed is current) for feed, name in named)


def _head(frame: Frame, place: Place, after: str | None, *, feed: Feed, sort: PostSort) -> Head:
    language = frame.language
    local = language.gettext("Local") if feed is Feed.LOCAL else ""
    return Head(
        title=titled(language, place, local, order_named(sort, language)),
        path=place.here,
        description=frame.site.description,
        alternates=(
            Alternate(
                "application/rss+xml", place.form("/front.rss"), f"{frame.site.name} · {post_order(sort, language)}"
            ),
            Alternate("application/json", place.form("/front.json")),
        ),
        following=None if after is None else place.at(after),
    )
