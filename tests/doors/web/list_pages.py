"""The pages with lists, by a name, drawn from views made by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from folkmoot.doors.web.appearance import Density, Look
from folkmoot.doors.web.community_page import community_comments_page, community_posts_page
from folkmoot.doors.web.directory_page import directory_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page
from folkmoot.doors.web.person_page import person_page
from folkmoot.model.ids import CommunityId, Micros
from folkmoot.queries.list_views import (
    CommentList,
    CommunityList,
    CommunityPage,
    ItemList,
    ItemView,
    PersonPage,
    PostList,
)
from folkmoot.queries.views import (
    Absence,
    AuthorView,
    CommunitySort,
    CommunityView,
    Feed,
    PersonShow,
    PersonSort,
    PostSort,
)
from folkmoot.text.html import Html
from tests.doors.web.factories import DAY, HOUR, NOW, author, comment, community, line, paragraphs
from tests.doors.web.lists import busy_list
from tests.doors.web.threads import HOSTILE

Page = Callable[[Frame], str]

NO_POSTS = PostList((), None, PostSort.ACTIVE)
NO_COMMENTS = CommentList((), None)
HERE = community(name="towers", host=None, active_week=340, active_month=1_205)
THERE = community(nsfw=True, active_week=1)


def about(place: CommunityView = HERE) -> CommunityPage:
    """Give a community with three moderators."""
    people = (author("alder"), author("ferncliff@lowmoor.example", bot=True), author("hazel", admin=True))
    return CommunityPage(place, people)


def items(*, hostile: bool = False) -> tuple[ItemView, ...]:
    """Give a post and comments of every kind, each with its post."""
    said = HOSTILE if hostile else "A catalogue of every bridge in the county, drawn by one person"
    post = line(3, title=said, community=community(title=said, name="maps", host=None))
    gone = line(4, title="", url=None, absence=Absence.REMOVED)
    return (
        ItemView(post),
        ItemView(post, comment(11, "A marking gauge.", "Everything else can be improvised for a day.")),
        ItemView(line(5), comment(12, author=author(HOSTILE) if hostile else author("quill"), op=True, score=-6)),
        ItemView(gone, comment(13, position=2, approximate=True, published=Micros(NOW - 40 * DAY))),
        ItemView(line(6), comment(14, html=Html(""), absence=Absence.DELETED)),
        ItemView(line(6), comment(15, html=Html(""), absence=Absence.REMOVED, reason=HOSTILE if hostile else "rule 2")),
        ItemView(line(6), comment(16, html=Html(""), updated=Micros(NOW - HOUR))),
    )


def written(person: AuthorView, found: tuple[ItemView, ...] = (), **changes: Any) -> Page:
    """Draw somebody's page."""
    view = replace(ItemList(found, "top.1.2.3" if found else None, PersonShow.ALL, PersonSort.NEW), **changes)
    page = PersonPage(person, 61 if found else 0, 1_906 if found else 0, (HERE, THERE) if found else ())
    return lambda frame: person_page(page, view, frame, NOW, after=None)


def places() -> tuple[CommunityView, ...]:
    """Give communities of every kind."""
    quiet = community(id=CommunityId(4), title="Tidal mills", name="tidalmills", host=None, html=Html(""), posts=0)
    foreign = community(id=CommunityId(5), title="خرائط الساحل", html=paragraphs("نصوص عن الخرائط القديمة."))
    hostile = community(id=CommunityId(6), title=HOSTILE, html=paragraphs(HOSTILE))
    return (HERE, THERE, quiet, foreign, hostile)


def front(view: PostList, *, feed: Feed = Feed.ALL, after: str | None = None, density: Density | None = None) -> Page:
    """Draw the front page, with the reader's density or another one."""

    def drawn(frame: Frame) -> str:
        chosen = frame if density is None else replace(frame, look=Look(density=density))
        return front_page(view, chosen, NOW, feed=feed, after=after)

    return drawn


def directory(found: tuple[CommunityView, ...], after: str | None) -> Page:
    """Draw the directory of communities."""
    view = CommunityList(found, after, CommunitySort.ACTIVE, Feed.ALL)
    return lambda frame: directory_page(view, frame, NOW, after=None)


def _community(frame: Frame) -> str:
    own = tuple(post._replace(community=HERE) for post in busy_list().posts)
    return community_posts_page(about(), replace(busy_list(), posts=own), frame, NOW, after="hot.1.2")


def _new_community(frame: Frame) -> str:
    empty = community(host=None, html=Html(""), posts=0, comments=0, published=Micros(NOW - 2 * DAY))
    return community_posts_page(CommunityPage(empty, ()), NO_POSTS, frame, NOW, after=None)


def _comments(frame: Frame) -> str:
    found = tuple(item for item in items() if item.comment is not None)
    return community_comments_page(about(THERE), CommentList(found, "new.1.2"), frame, NOW, after=None)


LISTS: dict[str, Page] = {
    "front": front(busy_list()),
    "compact": front(busy_list(), density=Density.COMPACT),
    "roomy": front(busy_list(), density=Density.ROOMY, after="active.1.2"),
    "empty": front(NO_POSTS),
    "nothing-local": front(NO_POSTS, feed=Feed.LOCAL),
    "window": front(replace(NO_POSTS, sort=PostSort.TOP_HOUR)),
    "end": front(NO_POSTS, after="active.1.2"),
    "community": _community,
    "new-community": _new_community,
    "comments": _comments,
    "no-comments": lambda frame: community_comments_page(about(), NO_COMMENTS, frame, NOW, after=None),
    "person": written(author("quill@lowmoor.example", display_name="Quill the Elder"), items()),
    "hostile-person": written(author("mallory", display_name=HOSTILE), items(hostile=True)),
    "new-person": written(author("sprout", published=Micros(NOW - 3 * DAY))),
    "imported-person": written(author("fennel@lowmoor.example", provisional=True), items()[:2]),
    "deleted-person": written(author("gone", deleted=True)),
    "communities": directory(places(), "active.1.2"),
    "no-communities": directory((), None),
}
