"""Are lists what a naive reading of all rows gives: in every order, over all pages, without repeats and gaps?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from folkmoot.queries import post_list
from folkmoot.queries.community_page import community_comments
from folkmoot.queries.person_page import person_items
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.views import Feed, PersonShow, PersonSort, PostSort
from tests.queries.random_site import RandomSite
from tests.world import World

SEEDS = (1, 2, 3)
LIMITS = (1, 4, 25)


def pages(page: Callable[..., Any]) -> list[Any]:
    """Read a list to its end."""
    found, after = [], None
    while True:
        one = page(after=after)
        found.append(one)
        after = one.after
        if after is None:
            return found


def read_posts(page: Callable[..., Any], limit: int) -> list[int]:
    """Read a list of posts to its end; every page but the last is full."""
    read = pages(page)
    assert all(len(one.ids) == limit for one in read[:-1])
    return [post for one in read for post in one.ids]


@pytest.mark.parametrize("bound", [None, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_feeds_in_every_order(world: World, monkeypatch: pytest.MonkeyPatch, seed: int, bound: int | None) -> None:
    """With a low bound most pages are found community by community."""
    if bound is not None:
        monkeypatch.setattr(post_list, "WALKED", bound)
    site = RandomSite(world, seed=seed)
    limit = LIMITS[seed % 3]
    with world.db.read() as reader:
        for feed in Feed:
            for sort in PostSort:
                page = partial(feed_posts, reader, feed, sort=sort, limit=limit, now=site.now)
                found = read_posts(page, limit)
                assert found == site.of_feed(feed, sort), (feed, sort)


@pytest.mark.parametrize("seed", SEEDS)
def test_communities_in_every_order(world: World, seed: int) -> None:
    site = RandomSite(world, seed=seed)
    limit = LIMITS[seed % 3]
    with world.db.read() as reader:
        for community in site.communities:
            for sort in PostSort:
                page = partial(community_posts, reader, community, sort=sort, limit=limit, now=site.now)
                found = read_posts(page, limit)
                assert found == site.of_community(community, sort), sort


@pytest.mark.parametrize("seed", SEEDS)
def test_what_people_wrote_and_what_communities_said(world: World, seed: int) -> None:
    site = RandomSite(world, seed=seed)
    limit = LIMITS[seed % 3]
    with world.db.read() as reader:
        for person in site.authors:
            for show in PersonShow:
                for sort in PersonSort:
                    read = pages(partial(person_items, reader, person, show=show, sort=sort, limit=limit))
                    found = [
                        ("comment" if is_comment else "post", thing) for one in read for is_comment, thing in one.things
                    ]
                    assert found == site.of_person(
                        person,
                        top=sort is PersonSort.TOP,
                        posts=show is not PersonShow.COMMENTS,
                        comments=show is not PersonShow.POSTS,
                    )
        for community in site.communities:
            read = pages(partial(community_comments, reader, community, limit=limit))
            found_talk = [comment for one in read for comment in one.ids]
            assert found_talk == site.of_talk(community)
