"""Which communities are there, what is each, and who is somebody?"""

from functools import partial

import pytest

from folkmoot.commands.base import perform
from folkmoot.commands.communities import LearnCommunity
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Invalid, NotFound
from folkmoot.queries.community_page import find_community
from folkmoot.queries.directory import communities_list
from folkmoot.queries.person_page import find_person
from folkmoot.queries.views import CommunitySort, Feed
from tests.world import World

# name, published, posts, active within a month
KNOWN = (("ash", 5, 2, 9), ("Birch", 4, 2, 9), ("cedar", 5, 0, 1), ("dogwood", 1, 7, 0), ("elm", 2, 7, 9))
FAR = {"Birch", "dogwood"}


def planted(world: World) -> None:
    """Make communities with given numbers, of which some are elsewhere, one is gone, and one is NSFW."""
    for name, published, posts, active in KNOWN:
        if name in FAR:
            community = perform(world.db, OPERATOR, LearnCommunity(f"{name}@far.example"))
        else:
            community = world.community(name)
        world.db.write(
            partial(
                lambda tx, **params: tx.run(
                    "update community set published = :at, posts = :posts, active_month = :active where id = :id",
                    **params,
                ),
                at=published,
                posts=posts,
                active=active,
                id=community,
            )
        )
    gone = world.community("gone")
    world.db.write(lambda tx: tx.run("update community set removed = 1 where id = :id", id=gone))
    world.community("adult", nsfw=True)


def names(world: World, feed: Feed, sort: CommunitySort, *, limit: int) -> list[str]:
    """Read the directory to its end."""
    found: list[str] = []
    after: str | None = None
    with world.db.read() as reader:
        while True:
            page = communities_list(reader, feed, sort=sort, after=after, limit=limit)
            assert (page.feed, page.sort) == (feed, sort)
            found += [community.name for community in page.communities]
            after = page.after
            if after is None:
                return found
            assert len(page.communities) == limit


@pytest.mark.parametrize("limit", [1, 2, 9])
def test_directory_in_every_order(world: World, limit: int) -> None:
    planted(world)
    whole = {
        CommunitySort.ACTIVE: ["elm", "Birch", "ash", "cedar", "dogwood"],
        CommunitySort.NEW: ["cedar", "ash", "Birch", "elm", "dogwood"],
        CommunitySort.OLD: ["dogwood", "elm", "Birch", "ash", "cedar"],
        CommunitySort.POSTS: ["elm", "dogwood", "Birch", "ash", "cedar"],
        CommunitySort.NAME: ["ash", "Birch", "cedar", "dogwood", "elm"],
    }
    for sort, expected in whole.items():
        assert names(world, Feed.ALL, sort, limit=limit) == expected
        assert names(world, Feed.LOCAL, sort, limit=limit) == [name for name in expected if name not in FAR]


def test_cursor_of_another_sort_is_refused(world: World) -> None:
    with world.db.read() as reader:
        for after in ("new.1.1", "active.1", "active.1.1.1", "name.1.1", ""):
            with pytest.raises(Invalid):
                communities_list(reader, Feed.ALL, sort=CommunitySort.ACTIVE, after=after, limit=5)


def test_community_is_found_whatever_the_case_with_its_moderators_in_order(world: World) -> None:
    ada, bo = world.person("ada"), world.person("bob")
    garden = world.community("garden", by=bo)
    far = perform(world.db, OPERATOR, LearnCommunity("garden@Far.example"))
    world.db.write(
        lambda tx: tx.run(
            "insert into moderator (community_id, person_id, appointed) values (:community, :person, :at)",
            community=garden,
            person=ada.person,
            at=world.clock.now + 1,
        )
    )
    with world.db.read() as reader:
        page = find_community(reader, "GARDEN", None)
        assert (page.community.id, page.community.host) == (garden, None)
        assert [(one.name, one.moderator) for one in page.moderators] == [("bob", True), ("ada", True)]
        assert find_community(reader, "garden", "far.EXAMPLE").community.id == far
        for name, host in (("gardens", None), ("garden", "near.example"), ("", None)):
            with pytest.raises(NotFound, match="couldnt_find_community"):
                find_community(reader, name, host)


def test_person_is_found_with_counts_and_what_they_moderate(world: World) -> None:
    ada, far = world.person("Ada"), world.stranger("ada@far.example")
    gone = world.community("gone", by=ada)
    world.community("garden", by=ada)
    world.comment(by=ada, on=world.post(by=ada))
    world.db.write(lambda tx: tx.run("update community set deleted = 1 where id = :id", id=gone))
    with world.db.read() as reader:
        page = find_person(reader, "ADA", None)
        assert (page.person.id, page.posts, page.comments) == (ada.person, 1, 1)
        assert [community.name for community in page.moderates] == ["garden"]
        assert find_person(reader, "ada", "FAR.example").person.id == far.person
        with pytest.raises(NotFound, match="couldnt_find_person"):
            find_person(reader, "ada", "near.example")
