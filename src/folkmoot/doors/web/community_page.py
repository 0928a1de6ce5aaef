"""What is going on in one community? Its posts in an order, or its newest comments, and beside them what it is."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from folkmoot.doors.handles import community_address as home_of
from folkmoot.doors.web.facts import described, fact_list, named_list, person_line, remembered
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import DESCRIPTION_MAX_CHARS, Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import post_order
from folkmoot.doors.web.paths import called, community_path, list_path
from folkmoot.doors.web.post_lists import (
    USUAL_SORT,
    Ends,
    Part,
    Place,
    emptiness,
    ends,
    list_slots,
    rows_slot,
    titled,
)
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, anchor, community_address
from folkmoot.doors.web.tabs import Tab, order_tabs
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import CommunityPage
from folkmoot.queries.views import CommunityView, PostSort
from folkmoot.text.html import Html, escaped


class CommunityShow(Enum):
    """What a community's page lists."""

    POSTS = "posts"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a page lists, and what the template decides by."""

    place: Place
    part: Part
    show: CommunityShow
    sort: PostSort
    empty: str
    order: str


class _Choices(NamedTuple):
    """What the template decides by."""

    show: CommunityShow
    sort: PostSort
    nsfw: bool
    local: bool
    ends: Ends

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what it needs."""
        posts = self.show is CommunityShow.POSTS
        return {
            "here": "community",
            "nsfw": self.nsfw,
            "orders": order_tabs(self.sort, USUAL_SORT, frame.language) if posts else (),
            "shows": _shows(self.show, frame.language),
            "kind": "posts" if posts else "items",
            "feeds": self.local,
            **self.ends.values(frame),
        }


def community_posts_page(
    about: CommunityPage, frame: Frame, now: Micros, place: Place, part: Part, *, sort: PostSort
) -> str:
    """Return the page with a community's posts, without its rows.

    Args:
        about: the community.
        frame: for whom it is.
        now: when it was read.
        place: as `community_place` gives it.
        part: of the list.
        sort: its order.
    """
    order = post_order(sort, frame.language)
    return _page(about, _Listed(place, part, CommunityShow.POSTS, sort, emptiness(sort), order), frame, now)


def community_comments_page(about: CommunityPage, frame: Frame, now: Micros, place: Place, part: Part) -> str:
    """Return the page with a community's newest comments; for the arguments see `community_posts_page`."""
    name = frame.language.gettext("Comments")
    return _page(about, _Listed(place, part, CommunityShow.COMMENTS, USUAL_SORT, "comments", name), frame, now)


def community_place(community: CommunityView, show: CommunityShow, sort: PostSort, after: str | None) -> Place:
    """Return where a reader of a community's page is."""
    shown = None if show is CommunityShow.POSTS else show.value
    order = None if sort is USUAL_SORT or show is CommunityShow.COMMENTS else sort.value
    return Place(community_path(community), (("show", shown), ("sort", order)), after)


def _page(about: CommunityPage, listed: _Listed, frame: Frame, now: Micros) -> str:
    community, scene = about.community, frame.scene(now)
    local = community.host is None
    return join_page(
        "community.html",
        frame,
        _head(community, listed, frame.language),
        choices=_Choices(
            listed.show, listed.sort, community.nsfw, local, ends(listed.place, listed.part, listed.empty)
        ),
        slots={
            **list_slots(listed.place, listed.part.after),
            "heading": remembered(community.title),
            "address": Markup(f"<bdi dir=ltr>{remembered(community_address(community, scene))}</bdi>"),
            "list": rows_slot(listed.part),
            "made": Markup("") if listed.part.filled else _made(community, scene),
            "description": Markup(f'<div class=about lang="">{community.html}</div>' if community.html else ""),
            "facts": _facts(community, scene, frame.site_url),
            "moderators": named_list(
                frame.language.gettext("Moderators"), (person_line(one, scene) for one in about.moderators)
            ),
            "modlog": remembered(list_path("/modlog", community=called(community))),
            "feed_rss": remembered(listed.place.form(f"{listed.place.path}.rss") if local else ""),
            "feed_json": remembered(listed.place.form(f"{listed.place.path}.json") if local else ""),
        },
    )


def _shows(current: CommunityShow, language: Language) -> tuple[Tab, ...]:
    _ = language.gettext
    return (
        Tab("", _("Posts"), current is CommunityShow.POSTS),
        Tab("?show=comments", _("Comments"), current is CommunityShow.COMMENTS),
    )


def _made(community: CommunityView, scene: Scene) -> Html:
    """Return when the community began, for one in which nothing has happened so far."""
    said = scene.words.language.gettext("The community was made {age}. Its first post sets the tone.")
    return escaped(said.replace("{age}", scene.words.age(community.published, scene.now)))


def _facts(community: CommunityView, scene: Scene, site_url: str) -> Markup:
    language = scene.words.language
    _ = language.gettext
    facts: list[tuple[str, Markup | Html]] = [
        (_("Posts"), remembered(language.number(community.posts))),
        (_("Comments"), remembered(language.number(community.comments))),
        (_("This week"), remembered(_active(community.active_week, language))),
    ]
    if community.host is not None:
        host = Markup(f"<bdi dir=ltr>{escaped(community.host)}</bdi>")
        # Translators: before the server that a community or person is of
        facts.append((_("Home"), anchor(home_of(community, site_url=site_url), host, attributes=UNVOUCHED)))
    return fact_list(facts)


def _active(people: int, language: Language) -> str:
    if people == 0:
        return language.gettext("nobody took part")
    return language.ngettext("{count} person took part", "{count} people took part", people)


def _head(community: CommunityView, listed: _Listed, language: Language) -> Head:
    place, after = listed.place, listed.part.after
    usual = listed.show is CommunityShow.POSTS and listed.sort is USUAL_SORT
    alternates: tuple[Alternate, ...] = ()
    if community.host is None:
        alternates = (
            Alternate("application/rss+xml", place.form(f"{place.path}.rss"), f"{community.title} · {listed.order}"),
            Alternate("application/json", place.form(f"{place.path}.json")),
        )
    return Head(
        title=titled(language, place, community.title, "" if usual else listed.order),
        path=place.here,
        description=described(community.html, DESCRIPTION_MAX_CHARS),
        alternates=alternates,
        following=None if after is None else place.at(after),
    )
