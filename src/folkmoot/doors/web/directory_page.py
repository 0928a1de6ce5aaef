"""Which communities are there? A line for each: what it is about, how large, how alive."""

from folkmoot.doors.web.facts import described
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import community_order
from folkmoot.doors.web.paths import community_path, list_path
from folkmoot.doors.web.post_lists import Place, list_slots
from folkmoot.doors.web.post_rows import remembered
from folkmoot.doors.web.present import Markup, Scene, community_address
from folkmoot.doors.web.tabs import Tab
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import CommunityList
from folkmoot.queries.views import CommunitySort, CommunityView, Feed
from folkmoot.text.html import escaped

USUAL_FEED = Feed.ALL
USUAL_SORT = CommunitySort.ACTIVE
EXCERPT_MAX_CHARS = 200


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
    return join_page(
        "communities.html",
        frame,
        _head(view, frame.language, place),
        choices=(
            ("here", "communities"),
            ("feeds", _feeds(view, frame.language)),
            ("orders", _orders(view, frame.language)),
            ("empty", _emptiness(view, after)),
            ("following", view.after is not None),
            ("deep", after is not None),
        ),
        slots={
            **list_slots(place, view.after),
            "list": Markup("".join(_line(community, scene) for community in view.communities)),
            "feed_json": escaped(place.form("/communities.json")),
        },
    )


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


def _feeds(view: CommunityList, language: Language) -> tuple[Tab, ...]:
    _ = language.gettext
    named = ((Feed.LOCAL, _("Local")), (Feed.ALL, _("All")))
    order = _sort_word(view.sort)
    return tuple(Tab(list_path("", feed=_feed_word(feed), sort=order), name, feed is view.feed) for feed, name in named)


def _orders(view: CommunityList, language: Language) -> tuple[Tab, ...]:
    feed = _feed_word(view.feed)
    return tuple(
        Tab(list_path("", feed=feed, sort=_sort_word(sort)), community_order(sort, language), sort is view.sort)
        for sort in CommunitySort
    )


def _line(community: CommunityView, scene: Scene) -> str:
    words, language = scene.words, scene.words.language
    posts = language.ngettext("{count} post", "{count} posts", community.posts)
    about = described(community.html, EXCERPT_MAX_CHARS)
    said = f'<p class=excerpt dir=auto lang="">{escaped(about)}</p>' if about else ""
    return (
        f'<li><article><h2 dir=auto lang=""><a href="{escaped(community_path(community))}">'
        f"{remembered(community.title)}</a></h2>{said}"
        f"<p class=meta><span><bdi dir=ltr>{escaped(community_address(community, scene))}</bdi></span> "
        f"<span>{escaped(posts)}</span> <span>{escaped(words.comments(community.comments))}</span></p>"
        f"<p class=talk>{escaped(_active(community.active_month, language))}</p></article></li>\n"
    )


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
