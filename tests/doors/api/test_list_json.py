"""The JSON of lists: are its members Lemmy's, all of them, and nothing but them and ours?"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from folkmoot.doors.api.item_bytes import comment_json_rows
from folkmoot.doors.api.list_shapes import OurList
from folkmoot.doors.api.lists import (
    as_items,
    comments_document,
    community_json_rows,
    directory_document,
    person_document,
    posts_document,
)
from folkmoot.doors.api.post_bytes import post_json_rows
from folkmoot.doors.api.present import (
    comment_view_shape,
    community_shape,
    person_shape,
    post_shape,
    post_view_shape,
)
from folkmoot.doors.depends import SITE, Depends
from folkmoot.doors.list_rows import Row, shell_of
from folkmoot.model.ids import HERE, InstanceId, Micros, Uri
from folkmoot.queries.list_views import CommunityPage, ItemView, PersonPage, PostLine, PostTexts
from folkmoot.queries.views import Absence, PostView
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


def decoded(document: bytes, rows: Iterable[Row] = ()) -> Any:
    """Put rows into a document, as a door does, and read it."""
    shell = shell_of(document, Depends(frozenset({SITE}), frozenset(), None))
    return msgspec.json.decode(shell.before + b",".join(row[0] for row in rows) + shell.after)


def posts(*lines: PostLine) -> Iterator[Row]:
    return post_json_rows(map(factories.row_of, lines), site_url=SITE_URL)


def comments(*items: ItemView) -> Iterator[Row]:
    rows = [factories.comment_row(post, said) for post, said in items if said is not None]
    return comment_json_rows(rows, site_url=SITE_URL)


def whole(line: PostLine) -> PostView:
    """Give what a thread would have at its head."""
    texts = line.texts or PostTexts("", Html(""), "", literal=False)
    told = {name: getattr(line, name) for name in PostLine._fields if name != "texts"}
    return PostView(**told, **texts._asdict(), reason=None)


HOSTILE_LINES = (
    factories.line(7, texts=TEXTS),
    factories.line(8, title='"<b>\\ \u2028"', url=None, archive_url=None, archive_offered=False),
    factories.line(9, handle="Quay@Mill.example", uri=Uri("https://mill.example/post/1"), updated=Micros(5)),
    factories.line(10, imported=True, approximate=True, nsfw=True, locked=True, newest_comment=Micros(10**15)),
    factories.line(11, received=Micros(10**15 + 1), published=Micros(10**15), newest_comment=Micros(10**15)),
    factories.line(12, author=factories.author("bo@mill.example", admin=True, moderator=True, bot=True)),
    factories.line(13, texts=PostTexts("same", Html("<p>same</p>"), "same", literal=True)),
    factories.line(14, community=factories.community(nsfw=True), score=-3, upvotes=0, downvotes=3),
)


HOSTILE_COMMENTS = (
    factories.comment(21, "Plain words."),
    factories.comment(22, '"<b>\\ \u2028"', author=factories.author("bo@mill.example", admin=True, moderator=True)),
    factories.comment(23, handle="Quay@Mill.example", uri=Uri("https://mill.example/comment/1"), updated=Micros(5)),
    factories.comment(24, position=3, approximate=True, literal=True, score=-3, upvotes=0, downvotes=3),
    factories.comment(25, received=Micros(10**15 + 1), published=Micros(10**15), text="other", child_count=7),
)


def test_bytes_of_posts_are_those_of_their_shapes() -> None:
    for line in HOSTILE_LINES:
        [row] = posts(line)
        assert row[0] == msgspec.json.encode(post_view_shape(whole(_brief(line)), site_url=SITE_URL))


def test_bytes_of_comments_are_those_of_their_shapes() -> None:
    gone = factories.line(15, title="", url=None, absence=Absence.REMOVED)
    for line in (*HOSTILE_LINES, gone, gone._replace(absence=Absence.DELETED)):
        for told in HOSTILE_COMMENTS:
            [row] = comments(ItemView(line, told))
            brief = _brief(line)._replace(texts=None)
            author = told.author._replace(instance=_home(told.author.host))
            view = comment_view_shape(
                told._replace(op=author.id == line.author.id),
                person_shape(author, site_url=SITE_URL),
                post_shape(whole(brief), site_url=SITE_URL),
                community_shape(brief.community, site_url=SITE_URL),
                site_url=SITE_URL,
            )
            assert row[0] == b'{"comment_view":%b}' % msgspec.json.encode(view)


def _brief(line: PostLine) -> PostLine:
    """Give what rows have: no long texts of the community, and the instances that they are of."""
    return line._replace(
        community=line.community._replace(description="", html=Html(""), instance=_home(line.community.host)),
        author=line.author._replace(instance=_home(line.author.host)),
    )


def _home(host: str | None) -> InstanceId:
    return HERE if host is None else InstanceId(2)


def test_posts_have_their_texts_and_the_way_on() -> None:
    document = posts_document(OurList(sort="new", feed="local"), "new.1.8", site_url=SITE_URL)
    found = decoded(document, posts(factories.line(7, texts=TEXTS), factories.line(8)))
    assert set(found) == {"posts", "next_page", "folkmoot"}
    assert (found["next_page"], found["folkmoot"]) == ("new.1.8", {"sort": "new", "feed": "local"})
    first, second = found["posts"]
    assert (first["post"]["id"], first["post"]["body"], first["folkmoot"]["text"]) == (7, "*Words*", "Words")
    assert (first["counts"]["score"], first["counts"]["upvotes"], first["counts"]["downvotes"]) == (96, 98, 2)
    assert first["community"]["name"] == "selfhosting"
    assert "body" not in second["post"]
    assert "next_page" not in decoded(posts_document(OurList(sort="new"), None, site_url=SITE_URL))


def test_a_community_stands_before_its_posts() -> None:
    found = decoded(posts_document(OurList(sort="hot"), None, site_url=SITE_URL, community=PAGE))
    assert set(found) == {"community_view", "moderators", "posts", "folkmoot"}
    view = found["community_view"]
    assert set(view) == {"community", "subscribed", "blocked", "counts", "banned_from_community"}
    assert set(view["counts"]) == COUNTS
    assert (view["counts"]["users_active_month"], view["counts"]["posts"]) == (7, 3)
    [moderator] = found["moderators"]
    assert (moderator["moderator"]["name"], moderator["community"]["name"]) == ("ada", "garden")


def test_a_person_stands_before_what_they_wrote() -> None:
    rows = (
        *as_items(posts(factories.line(7, texts=TEXTS))),
        *comments(ItemView(factories.line(8), factories.comment(3))),
    )
    about, ours = PersonPage(ADA, 4, 9, (GARDEN,)), OurList(sort="new", show="all")
    found = decoded(person_document(ours, "new.1.1.3", site_url=SITE_URL, person=about), rows)
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
    document = comments_document(OurList(sort="new", show="comments"), None, site_url=SITE_URL, community=PAGE)
    found = decoded(document, comments(ItemView(factories.line(8), factories.comment(3))))
    assert set(found) == {"community_view", "moderators", "items", "folkmoot"}
    document = directory_document(OurList(sort="active", feed="all"), "active.7.2")
    directory = decoded(document, community_json_rows([GARDEN], site_url=SITE_URL))
    assert set(directory) == {"communities", "next_page", "folkmoot"}
    assert directory["communities"][0]["community"]["actor_id"] == "https://hub.example/c/garden"
    assert directory["folkmoot"] == {"sort": "active", "feed": "all"}
