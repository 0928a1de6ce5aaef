"""Posts: what is accepted, what is kept, what is counted."""

import pytest

from folkmoot.commands.moderation import LockPost, RemovePost
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.model.callers import OPERATOR, There
from folkmoot.model.errors import Invalid
from folkmoot.model.ids import Micros, PostId, Uri
from folkmoot.model.journal import PostCreated, PostDeleted, PostEdited, PostLocked, PostRemoved
from tests.conftest import NOON
from tests.world import World, person_of

LATER = Micros(NOON + 3_600_000_000)


def test_a_post_written_here_starts_with_its_authors_vote(world: World) -> None:
    ada = world.person("ada")
    community = world.home
    before = world.place()
    post = world.perform(ada, CreatePost(community, "A  title \n", "HTTPS://Example.org", "*Words*"))
    row = world.row("select author_id, published, updated, received, upvotes, downvotes, score, nsfw from post_rank")
    assert row == (ada.person, NOON, None, NOON, 1, 0, 1, 0)
    assert world.row("select title, url, source, uri, text from post") == (
        "A title",
        "https://example.org/",
        "*Words*",
        None,
        "Words",
    )
    assert world.row("select kind, thing_id, value from vote") == (1, post, 1)
    assert world.facts(before) == [PostCreated(post, community, person_of(ada))]


def test_a_post_of_a_bots_starts_without_a_vote(world: World) -> None:
    world.post(by=world.person("robot", bot=True))
    assert world.row("select score, (select count(*) from vote) from post_rank") == (0, 0)


def test_a_post_from_elsewhere_has_its_uri_its_time_and_no_vote(world: World) -> None:
    origin = There(Uri("https://elsewhere.example/post/7"), Micros(NOON - 5))
    stranger = world.stranger()
    post = world.post(by=stranger, origin=origin)
    assert world.row("select published, received, score from post_rank") == (NOON - 5, NOON, 0)
    assert world.value("select uri from post") == "https://elsewhere.example/post/7"
    before = world.place()
    assert world.post(by=stranger, title="Other words", origin=origin) == post
    assert world.facts(before) == []
    assert world.value("select post_count from person where id = :id", id=person_of(stranger)) == 1


@pytest.mark.parametrize(("told", "kept"), [(NOON + 1, NOON), (-1, 0), (NOON - 1, NOON - 1)])
def test_a_peers_clock_neither_leads_ours_nor_goes_behind_1970(world: World, told: int, kept: int) -> None:
    world.post(by=world.stranger(), origin=world.there(Micros(told)))
    assert world.value("select published from post_rank") == kept


@pytest.mark.parametrize(
    "title", ["", "  ", "ab", "a\u200b\u200b", "\u200b\u200b\u200b", "t" * 201, "a\x07bc", "abc\ud800"]
)
def test_bad_titles_are_refused_here(world: World, title: str) -> None:
    assert world.refusal(world.writer, CreatePost(world.home, title)) == "invalid_post_title"


@pytest.mark.parametrize("title", ["abc", "t" * 200, "日本語", "🏳️‍🌈🏳️‍🌈🏳️‍🌈"])
def test_good_titles_are_taken(world: World, title: str) -> None:
    assert world.value("select title from post where id = :id", id=world.post(title=title)) == title


def test_titles_of_peers_are_cleaned_and_cut(world: World) -> None:
    stranger = world.stranger()
    post = world.post(by=stranger, title=f"a\x07\0\n{'t' * 300}", origin=world.there())
    assert world.value("select title from post where id = :id", id=post) == "a " + "t" * 198
    assert world.refusal(stranger, CreatePost(world.home, "\x07 \0", origin=world.there())) == "invalid_post_title"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "invalid_url_scheme"),
        ("javascript:alert(1)", "invalid_url_scheme"),
        ("a.example", "invalid_url_scheme"),
        ("https://", "invalid_url"),
        ("http://[::1", "invalid_url"),
        ("https://a.example/" + "p" * 2_000, "url_length_overflow"),
    ],
)
def test_bad_links_are_refused_here_and_left_out_from_elsewhere(world: World, url: str, code: str) -> None:
    assert world.refusal(world.writer, CreatePost(world.home, "A title", url)) == code
    post = world.post(by=world.stranger(), url=url, origin=world.there())
    assert world.value("select url from post where id = :id", id=post) is None


def test_an_empty_link_is_none(world: World) -> None:
    assert world.value("select url from post where id = :id", id=world.post(url=" ")) is None


def test_long_bodies_are_refused_here_and_cut_from_elsewhere(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.post(body="b" * 50_001)
    assert (refused.value.code, refused.value.field, refused.value.limit) == ("invalid_body_field", "body", 50_000)
    assert world.refusal(world.writer, CreatePost(world.home, "A title", None, "a\0b")) == "invalid_body_field"
    world.post(body="b" * 50_000)
    post = world.post(by=world.stranger(), body="a\0\ud800" + "b" * 100_001, origin=world.there())
    assert world.value("select source from post where id = :id", id=post) == "a" + "b" * 99_999


def test_line_ends_are_kept_in_one_form(world: World) -> None:
    assert world.value("select source from post where id = :id", id=world.post(body="a\r\nb\rc")) == "a\nb\nc"


def test_posts_in_an_nsfw_community_are_nsfw(world: World) -> None:
    post = world.post(community=world.community(nsfw=True))
    assert world.value("select nsfw from post_rank") == 1
    world.perform(world.writer, EditPost(post, nsfw=False))
    assert world.value("select nsfw from post_rank") == 1


def test_an_edit_keeps_what_was_said_before(world: World) -> None:
    post = world.post(title="First title", url="https://a.example/", body="first")
    before = world.place()
    world.clock.now = LATER
    world.perform(world.writer, EditPost(post, title="Second title", url=""))
    assert world.row("select title, url, source, version from post") == ("Second title", None, "first", 2)
    assert world.value("select updated from post_rank") == LATER
    edition = world.row("select kind, thing_id, number, title, url, source, updated, known_until from edition")
    assert edition == (1, post, 1, "First title", "https://a.example/", "first", None, LATER)
    assert world.facts(before) == [PostEdited(post, world.home)]
    world.clock.forward(seconds=1)
    world.perform(world.writer, EditPost(post, body="second"))
    assert world.row("select number, title, source, updated from edition where number = 2") == (
        2,
        "Second title",
        "first",
        LATER,
    )


def test_an_edit_that_changes_nothing_is_none(world: World) -> None:
    post = world.post(title="A title", body="words")
    before = world.place()
    world.clock.now = LATER
    world.perform(world.writer, EditPost(post, title=" A title ", url="", body="words", nsfw=False))
    assert world.facts(before) == []
    assert world.row("select updated, (select count(*) from edition) from post_rank") == (None, 0)


def test_an_edit_is_judged_like_a_new_post(world: World) -> None:
    post = world.post()
    assert world.refusal(world.writer, EditPost(post, title="ab")) == "invalid_post_title"
    assert world.refusal(world.writer, EditPost(post, url="ftp://a.example/")) == "invalid_url_scheme"
    assert world.refusal(world.writer, EditPost(post, body="b" * 50_001)) == "invalid_body_field"


def test_an_older_edit_of_a_peers_that_comes_late_changes_nothing(world: World) -> None:
    stranger = world.stranger()
    post = world.post(by=stranger, body="first", origin=world.there(Micros(NOON - 100)))
    world.perform(stranger, EditPost(post, body="third", origin=world.there(Micros(NOON - 10))))
    world.perform(stranger, EditPost(post, body="second", origin=world.there(Micros(NOON - 50))))
    assert world.value("select source from post") == "third"
    assert world.value("select updated from post_rank") == NOON - 10


def test_deleting_and_restoring_keeps_place_and_counts(world: World) -> None:
    post = world.post()
    assert _counts(world, post) == (1, 1)
    before = world.place()
    for _ in range(2):
        world.perform(world.writer, DeletePost(post, deleted=True))
    assert world.row("select deleted, removed, gone_since from post_rank") == (1, 0, NOON)
    assert _counts(world, post) == (0, 0)
    world.clock.now = LATER
    world.perform(OPERATOR, RemovePost(post, None, removed=True))
    assert world.row("select deleted, removed, gone_since from post_rank") == (1, 1, NOON)
    world.perform(world.writer, DeletePost(post, deleted=False))
    assert _counts(world, post) == (0, 0)
    world.perform(OPERATOR, RemovePost(post, None, removed=False))
    assert world.row("select deleted, removed, gone_since from post_rank") == (0, 0, None)
    assert _counts(world, post) == (1, 1)
    assert world.value("select version from post") == 5
    assert world.facts(before) == [
        PostDeleted(post, world.home, deleted=True),
        PostRemoved(post, world.home, None, removed=True),
        PostDeleted(post, world.home, deleted=False),
        PostRemoved(post, world.home, None, removed=False),
    ]


def _counts(world: World, post: PostId) -> tuple[object, ...] | None:
    return world.row(
        """
        select c.posts, p.post_count from post_rank r join community c on c.id = r.community_id
        join person p on p.id = r.author_id where r.post_id = :post
        """,
        post=post,
    )


def test_moderation_writes_the_modlog_once_for_each_change(world: World) -> None:
    moderator = world.person("moderator")
    community = world.community(by=moderator)
    post = world.post(community=community)
    before = world.place()
    for _ in range(2):
        world.perform(moderator, RemovePost(post, " off \n topic ", removed=True))
        world.perform(moderator, LockPost(post, locked=True))
    world.perform(moderator, RemovePost(post, "", removed=False))
    world.perform(moderator, LockPost(post, locked=False, reason="enough"))
    with world.db.read() as reader:
        rows = reader.rows("select kind, undone, moderator_id, community_id, post_id, reason from modlog order by id")
    by = moderator.person
    assert rows == [
        (1, 0, by, community, post, "off topic"),
        (3, 0, by, community, post, None),
        (1, 1, by, community, post, None),
        (3, 1, by, community, post, "enough"),
    ]
    assert world.facts(before) == [
        PostRemoved(post, community, by, removed=True),
        PostLocked(post, community, by, locked=True),
        PostRemoved(post, community, by, removed=False),
        PostLocked(post, community, by, locked=False),
    ]
    assert world.refusal(moderator, RemovePost(post, "r" * 1_001, removed=True)) == "invalid_body_field"
