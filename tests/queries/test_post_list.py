"""Which posts come first, and what does a list say of them?"""

import pytest

from folkmoot.commands.moderation import RemovePost
from folkmoot.commands.posts import DeletePost, EditPost
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Invalid
from folkmoot.model.ids import PostId
from folkmoot.queries.comment_heads import comment_heads
from folkmoot.queries.communities import community_view
from folkmoot.queries.list_views import Listed
from folkmoot.queries.people import author_view
from folkmoot.queries.post_heads import AUTHOR, COMMUNITY, post_heads, post_rows
from folkmoot.queries.post_lines import post_lines
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.site import site
from folkmoot.queries.views import Absence, Feed, PostSort
from tests.world import World


def posts(world: World, *, sort: PostSort = PostSort.NEW, after: str | None = None, limit: int = 10) -> Listed[PostId]:
    with world.db.read() as reader:
        return feed_posts(reader, Feed.ALL, sort=sort, after=after, limit=limit, now=world.clock.now)


def titles(world: World, *, after: str | None = None, limit: int = 10) -> tuple[list[str], str | None]:
    ids, after = posts(world, after=after, limit=limit)
    with world.db.read() as reader:
        lines = post_lines(reader, ids)
    return [lines[post].title for post in ids], after


def test_newest_post_comes_first(world: World) -> None:
    assert titles(world) == ([], None)
    for number in range(5):
        world.post(title=f"Post {number}")
        world.clock.forward(seconds=number % 2)
    assert titles(world)[0] == ["Post 4", "Post 3", "Post 2", "Post 1", "Post 0"]
    first, after = titles(world, limit=2)
    assert first == ["Post 4", "Post 3"]
    second, after = titles(world, after=after, limit=2)
    assert second == ["Post 2", "Post 1"]
    assert titles(world, after=after, limit=2) == (["Post 0"], None)


def test_line_tells_what_a_list_shows(world: World) -> None:
    ada = world.person("ada", admin=True)
    post = world.post(by=ada, url="https://soil.example/", body="Worth *a* read.")
    world.clock.forward(seconds=5)
    world.comment(on=post)
    with world.db.read() as reader:
        [line] = post_lines(reader, posts(world).ids).values()
    assert (line.id, line.url, line.comments, line.score) == (post, "https://soil.example/", 1, 1)
    assert (line.upvotes, line.downvotes, line.newest_comment, line.version) == (1, 0, world.clock.now, 1)
    assert (line.author.name, line.author.admin, line.author.moderator) == ("ada", True, False)
    assert (line.community.name, line.community.host, line.absence) == ("home", None, Absence.PRESENT)
    assert line.texts is None


def test_texts_come_where_they_are_asked_for(world: World) -> None:
    ada = world.person("ada")
    said, empty = world.post(by=ada, body="Worth *a* read."), world.post(by=ada)
    world.perform(ada, EditPost(said, body="Worth *two*."))
    with world.db.read() as reader:
        bare = {head[0]: head[-1] for head in post_heads(reader, [said, empty], texts=False)}
        heads = {head[0]: head[-1] for head in post_heads(reader, [said, empty], texts=True)}
        rows = {row[0]: row[21:AUTHOR] for row in post_rows(reader, [said, empty])}
    assert (bare, heads) == ({said: "", empty: ""}, {said: "Worth two.", empty: ""})
    source, format_, html, text = rows[said]
    assert (source, format_, text) == ("Worth *two*.", 1, "Worth two.")
    assert "<em>two</em>" in html
    assert rows[empty][2] == ""


def test_what_an_older_renderer_left_is_rendered_anew(world: World) -> None:
    old, young = world.post(body="Worth *a* read."), world.post(body="Worth *two*.")
    comment = world.comment(on=old, body="*Was* it?")
    world.db.write(lambda tx: tx.run("update post set renderer = 0, html = '', text = '' where id = :id", id=old))
    world.db.write(lambda tx: tx.run("update comment set renderer = 0, html = '', text = ''"))
    with world.db.read() as reader:
        heads = {head[0]: head[-1] for head in post_heads(reader, [old, young], texts=True)}
        rows = {row[0]: row for row in post_rows(reader, [old, young])}
        [said] = comment_heads(reader, [comment], authors=True)
        lines = post_lines(reader, [old, young])
    assert heads == {old: "Worth a read.", young: "Worth two."}
    assert {post: row[AUTHOR - 1] for post, row in rows.items()} == heads
    assert "<em>a</em>" in rows[old][AUTHOR - 2]
    assert "<em>Was</em>" in said[16]
    for post, row in rows.items():
        assert author_view(row[AUTHOR:COMMUNITY]) == lines[post].author
        assert community_view(row[COMMUNITY:]) == lines[post].community


def test_gone_posts_and_those_of_gone_communities_are_not_listed(world: World) -> None:
    ada = world.person("ada")
    deleted, removed = world.post(by=ada, title="deleted"), world.post(by=ada, title="removed")
    elsewhere = world.community("elsewhere")
    world.post(community=elsewhere, title="nowhere")
    world.post(title="here")
    world.perform(ada, DeletePost(deleted, deleted=True))
    world.perform(OPERATOR, RemovePost(removed, None, removed=True))
    world.db.write(lambda tx: tx.run("update community set removed = 1 where id = :id", id=elsewhere))
    assert titles(world) == (["here"], None)


NONSENSE = ("", "x", "1", "new", "new.", "new.1", "new.1.", "new..1", "new.1.0", "new.1.-1", "new.1.1.1", "new.01.1")
STRANGE = ("new.-0.1", "new.٣.٣", "new.1.1\n", "new." + "9" * 19 + ".1", "new.1." + "9" * 11, "NEW.1.1", "old.1.1")


@pytest.mark.parametrize("after", [*NONSENSE, *STRANGE, "hot.1.1.1", "new-comments.1.1"])
def test_a_cursor_that_we_did_not_write_is_refused(world: World, after: str) -> None:
    with pytest.raises(Invalid) as refusal:
        posts(world, after=after)
    assert refusal.value.code == "bad_cursor"


@pytest.mark.parametrize("sort", list(PostSort))
def test_a_cursor_of_another_sort_is_refused(world: World, sort: PostSort) -> None:
    world.post()
    world.post()
    after = posts(world, sort=sort, limit=1).after
    assert after is not None
    with world.db.read() as reader:
        for other in PostSort:
            if other is sort:
                continue
            with pytest.raises(Invalid):
                community_posts(reader, world.home, sort=other, after=after, limit=1, now=world.clock.now)


def test_extreme_keys_of_a_cursor_are_harmless(world: World) -> None:
    world.post()
    for key in (-(2**63), 2**63 - 1):
        for sort in (PostSort.HOT, PostSort.TOP_ALL, PostSort.TOP_HOUR):
            assert len(posts(world, sort=sort, after=f"{sort.value}.{key}.{key}.9999999999").ids) == (key > 0)


def test_site_has_a_name_before_it_is_set_up(world: World) -> None:
    with world.db.read() as reader:
        assert not site(reader).set_up
    world.set_up("Garden")
    with world.db.read() as reader:
        assert (site(reader).name, site(reader).set_up, site(reader).version) == ("Garden", True, 1)
