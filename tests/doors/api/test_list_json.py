"""The JSON of lists: are its members Lemmy's, all of them, and nothing but them and ours?"""

from typing import Any

import msgspec

from folkmoot.doors.api.lists import comments_json, communities_json, person_json, posts_json
from folkmoot.queries.list_views import (
    CommentList,
    CommunityList,
    CommunityPage,
    ItemList,
    ItemView,
    PersonPage,
    PostList,
    PostTexts,
)
from folkmoot.queries.views import CommunitySort, Feed, PersonShow, PersonSort, PostSort
from folkmoot.text.html import Html
from tests.doors.web import factories

SITE_URL = "https://hub.example"
GARDEN = factories.community(name="garden", host=None, title="Garden", active_month=7, posts=3)
ADA = factories.author("ada", host=None)
PAGE = CommunityPage(GARDEN, (ADA,))
TEXTS = PostTexts("*Words*", Html("<p><em>Words</em></p>"), "Words", literal=False)
COUNTS = {
    "community_id",
    "subscribers",
    "subscribers_local",
    "posts",
    "comments",
    "published",
    "users_active_day",
    "users_active_week",
    "users_active_month",
    "users_active_half_year",
}


def decoded(document: bytes) -> Any:
    return msgspec.json.decode(document)


def test_posts_have_their_texts_and_the_way_on() -> None:
    view = PostList((factories.line(7, texts=TEXTS), factories.line(8)), "new.1.8", PostSort.NEW)
    found = decoded(posts_json(view, site_url=SITE_URL, feed=Feed.LOCAL))
    assert set(found) == {"posts", "next_page", "folkmoot"}
    assert (found["next_page"], found["folkmoot"]) == ("new.1.8", {"sort": "new", "feed": "local"})
    first, second = found["posts"]
    assert (first["post"]["id"], first["post"]["body"], first["folkmoot"]["text"]) == (7, "*Words*", "Words")
    assert (first["counts"]["score"], first["counts"]["upvotes"], first["counts"]["downvotes"]) == (96, 98, 2)
    assert first["community"]["name"] == "selfhosting"
    assert "body" not in second["post"]
    assert "next_page" not in decoded(posts_json(PostList((), None, PostSort.NEW), site_url=SITE_URL))


def test_a_community_stands_before_its_posts() -> None:
    found = decoded(posts_json(PostList((), None, PostSort.HOT), site_url=SITE_URL, community=PAGE))
    assert set(found) == {"community_view", "moderators", "posts", "folkmoot"}
    view = found["community_view"]
    assert set(view) == {"community", "subscribed", "blocked", "counts", "banned_from_community"}
    assert set(view["counts"]) == COUNTS
    assert (view["counts"]["users_active_month"], view["counts"]["posts"]) == (7, 3)
    [moderator] = found["moderators"]
    assert (moderator["moderator"]["name"], moderator["community"]["name"]) == ("ada", "garden")


def test_a_person_stands_before_what_they_wrote() -> None:
    items = (ItemView(factories.line(7, texts=TEXTS)), ItemView(factories.line(8), factories.comment(3)))
    view = ItemList(items, "new.1.1.3", PersonShow.ALL, PersonSort.NEW)
    found = decoded(person_json(view, site_url=SITE_URL, person=PersonPage(ADA, 4, 9, (GARDEN,))))
    assert set(found) == {"person_view", "moderates", "items", "next_page", "folkmoot"}
    assert found["person_view"]["counts"] == {"person_id": ADA.id, "post_count": 4, "comment_count": 9}
    assert found["person_view"]["is_admin"] is False
    assert found["moderates"][0]["community"]["name"] == "garden"
    post, comment = found["items"]
    assert set(post) == {"post_view"}
    assert set(comment) == {"comment_view"}
    assert comment["comment_view"]["comment"]["id"] == 3
    assert comment["comment_view"]["post"]["id"] == 8
    assert found["folkmoot"] == {"sort": "new", "show": "all"}


def test_comments_of_a_community_and_the_directory() -> None:
    talk = CommentList((ItemView(factories.line(8), factories.comment(3)),), None)
    found = decoded(comments_json(talk, site_url=SITE_URL, community=PAGE))
    assert set(found) == {"community_view", "moderators", "items", "folkmoot"}
    view = CommunityList((GARDEN,), "active.7.2", CommunitySort.ACTIVE, Feed.ALL)
    directory = decoded(communities_json(view, site_url=SITE_URL))
    assert set(directory) == {"communities", "next_page", "folkmoot"}
    assert directory["communities"][0]["community"]["actor_id"] == "https://hub.example/c/garden"
    assert directory["folkmoot"] == {"sort": "active", "feed": "all"}
