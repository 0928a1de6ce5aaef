"""Do lists stay quick on a large site: first and last pages, in every order, and the cases that are known to be hard?

Half of 50,000 posts are in one community, twelve in communities of here, three in a rare one; half are by one person.
Counted is what the database does, so that no clock decides.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId, CommunityId, PostId
from folkmoot.queries.comment_heads import comment_heads
from folkmoot.queries.community_page import community_comments, find_community
from folkmoot.queries.cursor import cursor_text
from folkmoot.queries.directory import communities_listed, directory_rows
from folkmoot.queries.history import comment_history, post_history
from folkmoot.queries.list_views import Listed, Written
from folkmoot.queries.modlog import modlog
from folkmoot.queries.person_page import find_person, person_items
from folkmoot.queries.post_heads import post_heads, post_rows
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.post_orders import order_of
from folkmoot.queries.views import CommunitySort, Feed, PersonShow, PersonSort, PostSort
from tests.queries.bulk_lists import ManyPosts, fill_lists
from tests.queries.recording import RecordingReader, recording
from tests.world import World

LIMIT = 25
STATEMENTS = 3
# one page of 25 lines, of which each is a handful of rows by id
USUAL = {"sqlite": 10_000, "postgresql": 1_200}
# the walk to its bound, and the first few of each community
HARD = {"sqlite": 120_000, "postgresql": 15_000}
DEEP = 40_000

Case = tuple[str, Callable[[Reader], Any], bool]


def _posts(reader: Reader, ask: Callable[[Reader], Listed[PostId]], *, whole: bool) -> None:
    """Read a page of posts as a door does: its order, then its rows, for people or for programs."""
    ids = ask(reader).ids
    _ = post_rows(reader, ids) if whole else post_heads(reader, ids, texts=True)


def _talk(reader: Reader, ask: Callable[[Reader], Listed[CommentId]]) -> None:
    comment_heads(reader, ask(reader).ids, authors=True)


def _written(reader: Reader, ask: Callable[[Reader], Written]) -> None:
    things = ask(reader).things
    post_heads(reader, [PostId(thing) for is_comment, thing in things if not is_comment], texts=True)
    comment_heads(reader, [CommentId(thing) for is_comment, thing in things if is_comment], authors=False)


def _places(reader: Reader, ask: Callable[[Reader], Listed[CommunityId]]) -> None:
    directory_rows(reader, ask(reader).ids)


@pytest.mark.slow
def test_no_list_does_more_for_being_on_a_large_site(world: World) -> None:
    site = fill_lists(world)
    with world.db.read() as reader:
        cases = [*_feeds(site, reader), *_communities(site, reader), *_people(site), *_others(site)]
    for name, ask, hard in cases:
        with recording(world.db) as recorder:
            ask(recorder)
            assert len(recorder.statements) <= STATEMENTS, name
            assert _clean(recorder), name
            work = recorder.work()
        assert work <= (HARD if hard else USUAL)[world.db.dialect.name], (name, work)


def _clean(recorder: RecordingReader) -> bool:
    """On SQLite no filter is made of a whole table, and rows that are in order already are not sorted."""
    if recorder.dialect.name != "sqlite":
        return True
    [(sql, params), *_] = recorder.statements
    plan = " ".join(row[3] for row in recorder.rows(f"explain query plan {sql}", **params))
    recorder.statements.pop()
    return "BLOOM" not in plan and "AUTOMATIC" not in plan


def _deep(reader: Reader, sort: PostSort, *, community: CommunityId | None = None) -> str:
    """Give the cursor of a page near the end."""
    order = order_of(sort, within_community=community is not None)
    keys = ", ".join(order.columns)
    by = ", ".join(f"{column} {'asc' if order.rising else 'desc'}" for column in order.columns)
    row = reader.row(
        f"""
        select {keys} from post_rank
        where deleted = 0 and removed = 0 and (:community = 0 or community_id = :community)
        order by {by} limit 1 offset :offset
        """,  # noqa: S608 -- columns of our own
        community=0 if community is None else community,
        offset=DEEP if community is None else DEEP // 2,
    )
    assert row is not None
    return cursor_text(sort.value, row)


def _feeds(site: ManyPosts, reader: Reader) -> Iterator[Case]:
    for sort in PostSort:
        deep = _deep(reader, sort)
        for feed in Feed:
            for after in (None, deep):
                name = f"{feed} {sort} {after}"
                # the windows of Top end before the deep page does, so it is looked for in all communities
                hard = feed is Feed.LOCAL or (after is not None and sort.name.startswith("TOP"))
                ask = partial(feed_posts, feed=feed, sort=sort, after=after, limit=LIMIT, now=site.now)
                yield name, partial(_posts, ask=ask, whole=feed is Feed.ALL), hard


def _communities(site: ManyPosts, reader: Reader) -> Iterator[Case]:
    for sort in PostSort:
        deep = _deep(reader, sort, community=site.big)
        for community, after in ((site.big, None), (site.big, deep), (site.rare, None)):
            ask = partial(community_posts, community=community, sort=sort, after=after, limit=LIMIT, now=site.now)
            yield f"{community} {sort} {after}", partial(_posts, ask=ask, whole=False), False
    for community in (site.big, site.rare):
        talk = partial(community_comments, community=community, after=None, limit=LIMIT)
        yield f"comments {community}", partial(_talk, ask=talk), False
    yield "community", partial(find_community, name="c1", host=None), False


def _people(site: ManyPosts) -> Iterator[Case]:
    for sort in PersonSort:
        later = f"new.{site.now - 10**12}.1.5" if sort is PersonSort.NEW else f"top.5.{site.now - 10**12}.0.5"
        for show in PersonShow:
            for person, after in ((site.prolific, None), (site.prolific, later), (site.shy, None)):
                ask = partial(person_items, person=person, show=show, sort=sort, after=after, limit=LIMIT)
                yield f"{person} {show} {sort} {after}", partial(_written, ask=ask), False
    yield "person", partial(find_person, name="p1", host="far.example"), False


def _others(site: ManyPosts) -> Iterator[Case]:
    for sort in CommunitySort:
        for feed in Feed:
            ask = partial(communities_listed, feed=feed, sort=sort, after=None, limit=LIMIT)
            yield f"{feed} {sort}", partial(_places, ask=ask), False
    yield "modlog", partial(modlog, community=None, after=None, limit=LIMIT), False
    yield "modlog of one", partial(modlog, community=site.rare, after="id.4000", limit=LIMIT), False
    yield "history", partial(post_history, post=site.post), False
    yield "history of a comment", partial(comment_history, comment=site.comment), False
