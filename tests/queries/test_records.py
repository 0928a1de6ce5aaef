"""What was done, what was said before, and what should search engines know of?"""

import pytest

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.posts import EditPost
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Invalid, NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries import history
from folkmoot.queries.history import comment_history, post_history
from folkmoot.queries.list_views import ModlogDeed, ModlogList
from folkmoot.queries.modlog import modlog
from folkmoot.queries.sitemap import sitemap_posts
from tests.queries.recording import recording
from tests.world import World

DAY = 86_400_000_000


def test_modlog_tells_each_deed_the_newest_first(world: World) -> None:
    mod, ada = world.person("mod"), world.person("ada")
    garden = world.community("garden", by=mod)
    post = world.post(by=ada, community=garden, title="A plank")
    comment = world.comment(by=ada, on=post)
    world.perform(mod, LockPost(post, locked=True))
    world.perform(mod, RemoveComment(comment, "rude", removed=True))
    world.perform(OPERATOR, RemovePost(post, "spam", removed=True))
    world.perform(OPERATOR, RemovePost(post, None, removed=False))
    with world.db.read() as reader:
        entries = modlog(reader, community=garden, after=None, limit=9).entries
        assert modlog(reader, community=world.home, after=None, limit=9).entries == ()
    assert [(one.deed, one.undone, one.reason) for one in entries] == [
        (ModlogDeed.REMOVE_POST, True, None),
        (ModlogDeed.REMOVE_POST, False, "spam"),
        (ModlogDeed.REMOVE_COMMENT, False, "rude"),
        (ModlogDeed.LOCK_POST, False, None),
    ]
    assert [one.moderator and one.moderator.name for one in entries] == [None, None, "mod", "mod"]
    assert {one.author and one.author.name for one in entries} == {"ada"}
    assert {(one.post, one.title, one.community and one.community.name) for one in entries} == {
        (post, "A plank", "garden")
    }
    assert [one.comment for one in entries] == [None, None, comment, None]


def test_modlog_is_read_in_pages_with_three_statements(world: World) -> None:
    post = world.post()
    for number in range(5):
        world.perform(OPERATOR, RemovePost(post, None, removed=number % 2 == 0))
    seen: list[int] = []
    after: str | None = None
    while True:
        with recording(world.db) as reader:
            page: ModlogList = modlog(reader, community=None, after=after, limit=2)
            assert len(reader.statements) == 3
        seen += [one.id for one in page.entries]
        after = page.after
        if after is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5
    with world.db.read() as reader, pytest.raises(Invalid):
        modlog(reader, community=None, after="new.5", limit=2)


def test_history_has_every_edition_with_its_times(world: World) -> None:
    ada = world.person("ada")
    post = world.post(by=ada, title="First title", body="one")
    comment = world.comment(by=ada, on=post, body="one")
    start = world.clock.now
    for words in ("two", "three"):
        world.clock.forward(seconds=60)
        world.perform(ada, EditPost(post, title=f"Title {words}", body=words))
        world.perform(ada, EditComment(comment, words))
    with world.db.read() as reader:
        of_post, of_comment = post_history(reader, post), comment_history(reader, comment)
    minute = 60_000_000
    times = [(start + 2 * minute, None), (start + minute, start + 2 * minute), (start, start + minute)]
    for found in (of_post, of_comment):
        assert [(one.number, one.source, one.text) for one in found.editions] == [
            (3, "three", "three"),
            (2, "two", "two"),
            (1, "one", "one"),
        ]
        assert [(one.since, one.until) for one in found.editions] == times
    assert [one.title for one in of_post.editions] == ["Title three", "Title two", "First title"]
    assert of_post.item.comment is None
    assert of_comment.item.comment is not None
    assert of_comment.item.post.id == post


def test_history_of_what_is_edited_again_and_again_is_read_to_a_bound(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "EARLIER_READ", 2)
    ada = world.person("ada")
    comment = world.comment(by=ada, on=world.post(by=ada), body="0")
    for number in range(1, 5):
        world.perform(ada, EditComment(comment, str(number)))
    with world.db.read() as reader:
        editions = comment_history(reader, comment).editions
    assert [(one.number, one.source) for one in editions] == [(5, "4"), (4, "3"), (3, "2")]


def test_history_of_what_was_never_edited_is_what_it_says_and_of_what_is_gone_has_no_words(world: World) -> None:
    ada = world.person("ada")
    comment = world.comment(by=ada, on=world.post(by=ada), body="once")
    with world.db.read() as reader:
        [only] = comment_history(reader, comment).editions
    assert (only.number, only.source, only.since, only.until) == (1, "once", world.clock.now, None)
    world.perform(ada, EditComment(comment, "twice"))
    world.perform(ada, DeleteComment(comment, deleted=True))
    with world.db.read() as reader:
        for edition in comment_history(reader, comment).editions:
            assert (edition.source, edition.html, edition.text) == ("", "", "")
        with pytest.raises(NotFound, match="couldnt_find_post"):
            post_history(reader, PostId(99))
        with pytest.raises(NotFound, match="couldnt_find_comment"):
            comment_history(reader, CommentId(99))


def test_sitemap_has_the_young_posts_of_here_with_their_last_change(world: World) -> None:
    old = world.post(title="old")
    world.clock.forward(days=31)
    young = world.post(title="young")
    world.post(by=world.stranger(), title="far", origin=world.there())
    edited = world.post(by=world.writer, title="edited")
    world.clock.forward(days=2)
    world.perform(world.writer, EditPost(edited, body="more"))
    world.clock.forward(seconds=9)
    world.comment(on=young)
    with world.db.read() as reader:
        found = sitemap_posts(reader, now=world.clock.now)
        assert sitemap_posts(reader, now=world.clock.now, limit=1) == found[:1]
        assert old in [post for post, _ in sitemap_posts(reader, now=Micros(world.clock.now - 3 * DAY))]
    assert found == [(edited, world.clock.now - 9_000_000), (young, world.clock.now)]
