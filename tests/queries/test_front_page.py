"""What was posted last?"""

import pytest

from folkmoot.commands.moderation import RemovePost
from folkmoot.commands.posts import DeletePost
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Invalid
from folkmoot.queries.front_page import newest_posts
from folkmoot.queries.site import site
from tests.world import World


def titles(world: World, *, after: str | None = None, limit: int = 10) -> tuple[list[str], str | None]:
    with world.db.read() as reader:
        page = newest_posts(reader, after=after, limit=limit)
    return [post.title for post in page.posts], page.after


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
    post = world.post(by=ada, url="https://soil.example/")
    world.comment(on=post)
    with world.db.read() as reader:
        [line] = newest_posts(reader, after=None, limit=1).posts
    assert (line.id, line.url, line.comments, line.score) == (post, "https://soil.example/", 1, 1)
    assert (line.author.name, line.author.admin, line.author.moderator) == ("ada", True, False)
    assert (line.community.name, line.community.host) == ("home", None)


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


@pytest.mark.parametrize("after", ["", "x", "1", "1.", ".1", "1.0", "1.-1", "٣.٣", "9" * 40 + ".1", "1." + "9" * 11])
def test_a_cursor_that_we_did_not_write_is_refused(world: World, after: str) -> None:
    with pytest.raises(Invalid) as refusal:
        titles(world, after=after)
    assert refusal.value.code == "bad_cursor"


def test_site_has_a_name_before_it_is_set_up(world: World) -> None:
    with world.db.read() as reader:
        assert not site(reader).set_up
    world.set_up("Garden")
    with world.db.read() as reader:
        assert (site(reader).name, site(reader).set_up, site(reader).version) == ("Garden", True, 1)
