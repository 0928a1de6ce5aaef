"""Do the queries show what `model/visibility.py` says, for each state that a thing can be in?"""

from collections.abc import Iterator
from itertools import product

from folkmoot.commands.moderation import RemoveComment, RemovePost
from folkmoot.commands.posts import CreatePost, EditPost
from folkmoot.db.base import Reader
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import CommunityId, PersonId
from folkmoot.model.permissions import State
from folkmoot.model.visibility import Sight, Viewer, is_listed, sight
from folkmoot.queries.comment_heads import comment_heads
from folkmoot.queries.community_page import community_comments
from folkmoot.queries.directory import communities_list
from folkmoot.queries.history import comment_history, post_history
from folkmoot.queries.items import items
from folkmoot.queries.modlog import modlog
from folkmoot.queries.person_page import person_items
from folkmoot.queries.post_list import community_posts, feed_posts
from folkmoot.queries.sitemap import sitemap_posts
from folkmoot.queries.thread import branch, thread
from folkmoot.queries.views import Absence, CommunitySort, Feed, PersonShow, PersonSort, PostSort
from tests.world import World, person_of

_POST = "update post_rank set deleted = :deleted, removed = :removed, erased = :erased, gone_since = :since"
_COMMENT = "update comment_node set deleted = :deleted, removed = :removed, erased = :erased, gone_since = :since"


def test_guest_sees_of_each_state_what_the_table_says(world: World) -> None:
    home = world.community("garden")
    post = world.post(community=home, body="words")
    comment = world.comment(on=post)
    for state, community_deleted, community_removed in _states():
        _put(world, _POST, state)
        _put(world, _COMMENT, state)
        _put_community(world, deleted=community_deleted, removed=community_removed)
        with world.db.read() as reader:
            view = thread(reader, post, sort=None, now=world.clock.now)
            part = branch(reader, comment, sort=None, now=world.clock.now)
        whole = sight(Viewer.GUEST, state) is Sight.WHOLE
        for thing in (view.post, view.comments[0], part.post, part.comments[0]):
            assert (thing.absence is Absence.PRESENT) == whole
            assert (thing.text != "" or thing.source != "" or thing.html != "") == whole
            expected = Absence.REMOVED if state.removed or community_removed else Absence.DELETED
            assert whole or thing.absence is expected


def _states() -> Iterator[tuple[State, bool, bool]]:
    """Give every state that a thing can be in, with what its community is: deleted, removed."""
    for deleted, removed, erased, community_deleted, community_removed in product((False, True), repeat=5):
        if not erased or deleted or removed:
            gone = community_deleted or community_removed
            yield State(deleted, removed, erased=erased, community_gone=gone), community_deleted, community_removed


def test_lists_hold_of_each_state_what_the_table_says(world: World) -> None:
    """Every form of a list (page, JSON, RSS) is made of what these queries give."""
    home, ada = world.community("garden"), world.person("ada")
    post = world.post(by=ada, community=home, body="words")
    world.perform(ada, EditPost(post, body="other words"))
    comment = world.comment(by=ada, on=post)
    for deed in (RemovePost(post, None, removed=True), RemovePost(post, None, removed=False)):
        world.perform(OPERATOR, deed)
    for state, community_deleted, community_removed in _states():
        _put(world, _POST, state)
        _put(world, _COMMENT, state)
        _put_community(world, deleted=community_deleted, removed=community_removed)
        with world.db.read() as reader:
            counts = set(_listed(world, reader, home, person_of(ada)))
            told = [entry.title for entry in modlog(reader, community=home, after=None, limit=5).entries]
            histories = post_history(reader, post).editions + comment_history(reader, comment).editions
        assert counts == {int(is_listed(state))}
        whole = sight(Viewer.GUEST, state) is Sight.WHOLE
        assert [bool(title) for title in told] == [whole, whole]
        assert [bool(one.source or one.html or one.text or one.title) for one in histories] == [whole] * 3


def _listed(world: World, reader: Reader, community: CommunityId, person: PersonId) -> Iterator[int]:
    """Say how many each list holds, of the one post or of the one comment that there is."""
    now = world.clock.now
    for sort in PostSort:
        for feed in Feed:
            yield len(feed_posts(reader, feed, sort=sort, after=None, limit=5, now=now).ids)
        yield len(community_posts(reader, community, sort=sort, after=None, limit=5, now=now).ids)
    for order in PersonSort:
        for show in (PersonShow.POSTS, PersonShow.COMMENTS):
            yield len(person_items(reader, person, show=show, sort=order, after=None, limit=5).things)
    yield len(community_comments(reader, community, after=None, limit=5).ids)
    yield len(sitemap_posts(reader, now=now))


def test_a_comment_beside_a_post_that_is_gone_does_not_tell_the_post(world: World) -> None:
    ada = world.person("ada")
    post = world.post(by=ada, title="A secret", url="https://secret.example/", body="words")
    comment = world.comment(by=ada, on=post)
    world.perform(OPERATOR, RemovePost(post, "spam", removed=True))
    with world.db.read() as reader:
        things, _ = person_items(reader, person_of(ada), show=PersonShow.ALL, sort=PersonSort.NEW, after=None, limit=5)
        talk, _ = community_comments(reader, world.home, after=None, limit=5)
        [head] = comment_heads(reader, [comment], authors=False)
        [item] = items(reader, posts=(), comments=[comment])[1].values()
    assert (things, talk) == ([(True, comment)], [comment])
    assert head[5:7] == ("", Absence.REMOVED)
    assert (item.post.absence, item.post.title, item.post.url) == (Absence.REMOVED, "", None)
    world.perform(OPERATOR, RemoveComment(comment, None, removed=True))
    with world.db.read() as reader:
        assert community_comments(reader, world.home, after=None, limit=5).ids == []


def test_guests_are_not_shown_nsfw_in_lists_over_communities(world: World) -> None:
    """A community's and a person's own pages show it, with its mark."""
    ada, adult = world.person("ada"), world.community("adult", nsfw=True)
    plain = world.post(by=ada)
    marked = world.perform(ada, CreatePost(world.home, "Not for everybody", None, "", nsfw=True))
    of_adult = world.post(by=ada, community=adult)
    with world.db.read() as reader:
        for feed in Feed:
            for sort in PostSort:
                page = feed_posts(reader, feed, sort=sort, after=None, limit=5, now=world.clock.now)
                assert page.ids == [plain]
        assert [entry.post for entry in sitemap_posts(reader, now=world.clock.now)] == [plain]
        found, _ = community_posts(reader, adult, sort=PostSort.NEW, after=None, limit=5, now=world.clock.now)
        assert found == [of_adult]
        things, _ = person_items(reader, person_of(ada), show=PersonShow.ALL, sort=PersonSort.NEW, after=None, limit=5)
        assert {thing for _, thing in things} == {plain, marked, of_adult}
        names = [
            one.name
            for one in communities_list(reader, Feed.ALL, sort=CommunitySort.NAME, after=None, limit=5).communities
        ]
        assert names == ["home"]


def _put(world: World, sql: str, state: State) -> None:
    world.db.write(
        lambda tx: tx.run(
            sql,
            deleted=state.deleted,
            removed=state.removed,
            erased=state.erased,
            since=world.clock.now if state.gone else None,
        )
    )


def _put_community(world: World, *, deleted: bool, removed: bool) -> None:
    sql = "update community set deleted = :deleted, removed = :removed"
    world.db.write(lambda tx: tx.run(sql, deleted=deleted, removed=removed))
