"""The pages with lists, by a name, drawn from views made by hand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from folkmoot.doors.depends import SITE, Depends
from folkmoot.doors.list_rows import Row, shell_of
from folkmoot.doors.web.appearance import Density, Look
from folkmoot.doors.web.community_page import (
    CommunityShow,
    community_comments_page,
    community_place,
    community_posts_page,
)
from folkmoot.doors.web.directory_page import directory_lines, directory_page, directory_place
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page, front_place
from folkmoot.doors.web.item_rows import comment_rows
from folkmoot.doors.web.person_page import Wish, person_page, person_place
from folkmoot.doors.web.post_lists import USUAL_SORT, Part
from folkmoot.doors.web.post_rows import Shown, post_rows
from folkmoot.model.ids import CommunityId, Micros
from folkmoot.queries.list_views import CommunityPage, ItemView, PersonPage
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
from tests.doors.web.factories import (
    DAY,
    HOUR,
    NOW,
    author,
    comment,
    comment_head,
    community,
    head_of,
    line,
    paragraphs,
)
from tests.doors.web.lists import PostList, busy_list
from tests.doors.web.threads import HOSTILE

Page = Callable[[Frame], str]

NO_POSTS = PostList((), None, PostSort.ACTIVE)
HERE = community(name="towers", host=None, active_week=340, active_month=1_205)
THERE = community(nsfw=True, active_week=1)


def filled(page: str, rows: Iterable[Row]) -> str:
    """Put the rows into a page, as a door does."""
    shell = shell_of(page, Depends(frozenset({SITE}), frozenset(), None))
    return b"".join((shell.before, *(row[0] for row in rows), shell.after)).decode()


def posts_drawn(view: PostList, frame: Frame, **shown: bool) -> Iterator[Row]:
    """Draw the posts of a list."""
    roomy = frame.look.density is Density.ROOMY
    return post_rows(map(head_of, view.posts), frame.scene(NOW), Shown(**shown, excerpt=roomy))


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
        ItemView(line(6, title="", url=None, absence=Absence.DELETED), comment(14, "Is it gone?")),
        ItemView(line(6), comment(16, html=Html(""), updated=Micros(NOW - HOUR))),
    )


def items_drawn(found: tuple[ItemView, ...], frame: Frame, *, author: bool) -> Iterator[Row]:
    """Draw posts and comments in their order."""
    scene = frame.scene(NOW)
    for post, said in found:
        if said is None:
            yield from post_rows([head_of(post)], scene, Shown(author=author))
        else:
            yield from comment_rows([comment_head(post, said, author=author)], scene, community=not author)


def written(person: AuthorView, found: tuple[ItemView, ...] = ()) -> Page:
    """Draw somebody's page."""
    wish = Wish(PersonShow.ALL, PersonSort.NEW)
    page = PersonPage(person, 61 if found else 0, 1_906 if found else 0, (HERE, THERE) if found else ())
    part = Part(bool(found), "top.1.2.3" if found else None)

    def drawn(frame: Frame) -> str:
        place = person_place(person, wish.show, wish.sort, None)
        return filled(person_page(page, wish, frame, NOW, place, part), items_drawn(found, frame, author=False))

    return drawn


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
        place, part = front_place(feed, view.sort, after), Part(bool(view.posts), view.after)
        return filled(front_page(chosen, place, part, feed=feed, sort=view.sort), posts_drawn(view, chosen))

    return drawn


def directory(found: tuple[CommunityView, ...], after: str | None) -> Page:
    """Draw the directory of communities."""
    part, place = Part(bool(found), after), directory_place(Feed.ALL, CommunitySort.ACTIVE, None)

    def drawn(frame: Frame) -> str:
        rows = (
            (one.id, one.name, one.host, one.title, one.html, one.posts, one.comments, one.active_month)
            for one in found
        )
        page = directory_page(frame, place, part, feed=Feed.ALL, sort=CommunitySort.ACTIVE)
        return filled(page, directory_lines(rows, frame.scene(NOW)))

    return drawn


def _community(frame: Frame) -> str:
    own = tuple(post._replace(community=HERE) for post in busy_list().posts)
    return _posts(about(), replace(busy_list(), posts=own), frame, after="hot.1.2")


def _new_community(frame: Frame) -> str:
    empty = community(host=None, html=Html(""), posts=0, comments=0, published=Micros(NOW - 2 * DAY))
    return _posts(CommunityPage(empty, ()), NO_POSTS, frame, after=None)


def _posts(page: CommunityPage, view: PostList, frame: Frame, *, after: str | None) -> str:
    place = community_place(page.community, CommunityShow.POSTS, view.sort, after)
    drawn = community_posts_page(page, frame, NOW, place, Part(bool(view.posts), view.after), sort=view.sort)
    return filled(drawn, posts_drawn(view, frame, community=False))


def _comments(frame: Frame) -> str:
    return _talk(about(THERE), tuple(item for item in items() if item.comment is not None), frame)


def _talk(page: CommunityPage, found: tuple[ItemView, ...], frame: Frame) -> str:
    place = community_place(page.community, CommunityShow.COMMENTS, USUAL_SORT, None)
    drawn = community_comments_page(page, frame, NOW, place, Part(bool(found), "new.1.2" if found else None))
    return filled(drawn, items_drawn(found, frame, author=True))


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
    "no-comments": lambda frame: _talk(about(), (), frame),
    "person": written(author("quill@lowmoor.example", display_name="Quill the Elder"), items()),
    "hostile-person": written(author("mallory", display_name=HOSTILE), items(hostile=True)),
    "new-person": written(author("sprout", published=Micros(NOW - 3 * DAY))),
    "imported-person": written(author("fennel@lowmoor.example", provisional=True), items()[:2]),
    "deleted-person": written(author("gone", deleted=True)),
    "communities": directory(places(), "active.1.2"),
    "no-communities": directory((), None),
}
