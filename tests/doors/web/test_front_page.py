"""The front page: its tabs, its posts in every density, its empty states, the way on and back."""

from dataclasses import replace
from typing import Any

import pytest

from folkmoot.doors.web.appearance import Density, Look
from folkmoot.queries.views import Feed, PostSort
from tests.doors.web.factories import community, frame, line
from tests.doors.web.list_pages import front
from tests.doors.web.lists import PostList, busy_list
from tests.doors.web.markup import elements, one, parsed, shown


def drawn(view: PostList, *, feed: Feed = Feed.ALL, after: str | None = None, look: Look | None = None) -> str:
    return front(view, feed=feed, after=after)(replace(frame(), look=look or Look()))


def links(page: str) -> dict[str, str]:
    """Give the addresses of links by their words; of several with the same words the last."""
    return {shown(link): link.get("href") or "" for link in elements(parsed(page), "a")}


def of_one(number: int = 7, **changes: Any) -> str:
    return drawn(PostList((line(number, **changes),), None, PostSort.ACTIVE))


def test_title_leads_to_the_article_and_of_a_text_to_its_thread() -> None:
    assert links(of_one(7, title="Far", url="https://far.example/a"))["Far"] == "https://far.example/a"
    assert links(of_one(7, title="Near", url=None))["Near"] == "/post/7"


def test_line_says_where_by_whom_and_how_much_talk() -> None:
    page = of_one(7, community=community(name="maps", host="lowmoor.example", title="Maps"), comments=1)
    found = links(page)
    assert found["Maps"] == "/c/maps@lowmoor.example"
    assert found["oldquay"] == "/u/oldquay"
    assert found["1 comment"] == "/post/7#comments"
    assert found["archive"] == "https://archive.example/ten-years"
    assert "7 hours ago" in shown(one(parsed(page), "p", "meta"))


def test_points_are_said_but_not_of_what_was_imported() -> None:
    [score] = elements(parsed(of_one(score=-3)), "p", "score")
    assert (score.get("data-n"), shown(score)) == ("−3", "−3 points")
    assert not list(elements(parsed(of_one(imported=True)), "p", "score"))


def test_marks_are_words() -> None:
    page = parsed(of_one(nsfw=True, locked=True))
    assert shown(one(page, kind="nsfw")) == "NSFW"
    assert shown(one(page, kind="locked")) == "locked"


def test_excerpts_are_for_the_roomy_only() -> None:
    for density in Density:
        page = parsed(drawn(busy_list(), look=Look(density=density)))
        found = list(elements(page, "p", "excerpt"))
        assert bool(found) is (density is Density.ROOMY)


def test_density_is_chosen_with_a_button_and_leads_back_here() -> None:
    page = parsed(drawn(busy_list(), feed=Feed.LOCAL, after="x.1", look=Look(density=Density.COMPACT)))
    [field] = (element for element in elements(page, "input") if element.get("name") == "back")
    assert field.get("value") == "/?feed=local&after=x.1"
    pressed = {button.get("value"): button.get("aria-current") for button in elements(page, "button")}
    assert pressed == {"compact": "true", "regular": None, "roomy": None}


def test_tabs_keep_what_the_other_row_says() -> None:
    found = links(drawn(replace(busy_list(), sort=PostSort.HOT), feed=Feed.LOCAL))
    assert found["Local"] == "/?feed=local&sort=hot"
    assert found["All"] == "/?sort=hot"
    assert found["Active"] == "/?feed=local"
    assert found["New"] == "/?feed=local&sort=new"
    assert found["More"] == "/sorts?of=/%3Ffeed%3Dlocal%26sort%3Dhot"


def test_rare_order_stands_as_the_current_tab_before_more() -> None:
    page = parsed(drawn(replace(busy_list(), sort=PostSort.TOP_YEAR)))
    [row] = (nav for nav in elements(page, "nav") if nav.get("aria-label") == "Order of posts")
    names = [shown(link) for link in elements(row, "a")]
    assert names == ["Active", "Hot", "New", "Top today", "Top of the year", "More"]
    assert [shown(link) for link in elements(row, "a") if link.get("aria-current")] == ["Top of the year"]


def test_deep_page_leads_on_and_back_to_the_start() -> None:
    found = links(drawn(busy_list(), feed=Feed.LOCAL, after="cursor"))
    assert found["Next page"] == "/?feed=local&after=abc123"
    assert found["Start of the list"] == "/?feed=local"
    assert "Start of the list" not in links(drawn(busy_list()))
    assert "Next page" not in links(drawn(replace(busy_list(), after=None)))


@pytest.mark.parametrize(
    ("sort", "feed", "after", "heading"),
    [
        (PostSort.ACTIVE, Feed.ALL, None, "No posts yet"),
        (PostSort.ACTIVE, Feed.LOCAL, None, "No posts from here yet"),
        (PostSort.TOP_HOUR, Feed.ALL, None, "No posts in this time"),
        (PostSort.TOP_ALL, Feed.ALL, None, "No posts yet"),
        (PostSort.NEW, Feed.LOCAL, "new.1.1", "No more posts"),
    ],
)
def test_empty_list_says_why(sort: PostSort, feed: Feed, after: str | None, heading: str) -> None:
    page = parsed(drawn(PostList((), None, sort), feed=feed, after=after))
    assert shown(next(elements(one(page, "main"), "h2"))) == heading


@pytest.mark.parametrize(
    ("sort", "feed", "after", "title"),
    [
        (PostSort.ACTIVE, Feed.ALL, None, "Hollow"),
        (PostSort.HOT, Feed.ALL, None, "Hot · Hollow"),
        (PostSort.ACTIVE, Feed.LOCAL, None, "Local · Hollow"),
        (PostSort.NEW, Feed.LOCAL, "new.1.1", "Local · New · later page · Hollow"),
    ],
)
def test_title_says_the_list_the_order_and_a_later_page(
    sort: PostSort, feed: Feed, after: str | None, title: str
) -> None:
    page = parsed(drawn(replace(busy_list(), sort=sort), feed=feed, after=after))
    assert shown(next(elements(page, "title"))) == title


def test_head_names_the_one_address_the_feeds_and_the_page_after() -> None:
    page = parsed(drawn(busy_list(), feed=Feed.LOCAL))
    told = {(link.get("rel"), link.get("href")) for link in elements(page, "link")}
    assert ("canonical", "https://hollow.example/?feed=local") in told
    assert ("alternate", "/front.rss?feed=local") in told
    assert ("alternate", "/front.json?feed=local") in told
    assert ("next", "/?feed=local&after=abc123") in told
    said = {meta.get("property"): meta.get("content") for meta in elements(page, "meta") if meta.get("property")}
    assert said["og:url"] == "https://hollow.example/?feed=local"
    assert said["og:site_name"] == "Hollow"
    assert said["og:description"] == "A small server."
