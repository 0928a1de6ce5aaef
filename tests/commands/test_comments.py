"""Comments: the tree, what is counted, what is kept."""

import pytest

from folkmoot.commands.base import perform_all
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.moderation import RemoveComment
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.model.journal import CommentCreated, CommentDeleted, CommentEdited, CommentRemoved
from tests.conftest import NOON
from tests.world import World, person_of

LATER = Micros(NOON + 3_600_000_000)


def test_a_comment_written_here_starts_with_its_authors_vote(world: World) -> None:
    ada, post = world.person("ada"), world.post()
    before = world.place()
    comment = world.comment(on=post, by=ada, body="*Words*")
    row = world.row(
        "select post_id, parent_id, author_id, depth, position, published, received, upvotes, score from comment_node"
    )
    assert row == (post, None, ada.person, 1, None, NOON, NOON, 1, 1)
    assert world.row("select source, text, path, version from comment") == ("*Words*", "Words", f"0.{comment}", 1)
    assert world.row("select kind, thing_id, value from vote where person_id = :id", id=person_of(ada)) == (
        2,
        comment,
        1,
    )
    assert world.facts(before) == [CommentCreated(comment, post, world.home, person_of(ada), None)]


def test_a_reply_stands_below_what_it_answers_and_is_counted_above(world: World) -> None:
    post = world.post()
    first = world.comment(on=post)
    second = world.comment(on=post, under=first)
    third = world.comment(on=post, under=second)
    world.comment(on=post, under=first)
    with world.db.read() as reader:
        rows = reader.rows("select comment_id, parent_id, depth, child_count from comment_node order by comment_id")
        paths = [path for (path,) in reader.rows("select path from comment order by id")]
    assert rows[:3] == [(first, None, 1, 3), (second, first, 2, 1), (third, second, 3, 0)]
    assert paths[2] == f"0.{first}.{second}.{third}"
    assert _counts(world, post) == (4, 4, 4)
    assert world.row("select tree_version, newest_comment from post_rank") == (5, NOON)


def _counts(world: World, post: PostId) -> tuple[object, ...] | None:
    """Give the counters of post, community and the writer."""
    return world.row(
        """
        select r.comments, c.comments, p.comment_count from post_rank r
        join community c on c.id = r.community_id join person p on p.id = r.author_id
        where r.post_id = :post
        """,
        post=post,
    )


def test_deleted_and_removed_comments_keep_their_place_and_are_not_counted(world: World) -> None:
    post = world.post()
    parent = world.comment(on=post)
    comment = world.comment(on=post, under=parent)
    before = world.place()
    for _ in range(2):
        world.perform(world.writer, DeleteComment(parent, deleted=True))
        world.perform(OPERATOR, RemoveComment(comment, "rude", removed=True))
    assert _counts(world, post) == (0, 0, 0)
    assert world.value("select child_count from comment_node where comment_id = :id", id=parent) == 1
    assert world.row("select tree_version from post_rank") == (5,)
    world.perform(world.writer, DeleteComment(parent, deleted=False))
    world.perform(OPERATOR, RemoveComment(comment, None, removed=False))
    assert _counts(world, post) == (2, 2, 2)
    assert world.facts(before) == [
        CommentDeleted(parent, post, deleted=True),
        CommentRemoved(comment, post, None, removed=True),
        CommentDeleted(parent, post, deleted=False),
        CommentRemoved(comment, post, None, removed=False),
    ]
    with world.db.read() as reader:
        log = reader.rows("select kind, undone, post_id, comment_id, reason from modlog order by id")
    assert log == [(2, 0, post, comment, "rude"), (2, 1, post, comment, None)]


def test_a_comment_removed_and_then_deleted_is_counted_out_once(world: World) -> None:
    post = world.post()
    comment = world.comment(on=post)
    world.perform(OPERATOR, RemoveComment(comment, None, removed=True))
    world.perform(world.writer, DeleteComment(comment, deleted=True))
    assert _counts(world, post) == (0, 0, 0)
    world.perform(OPERATOR, RemoveComment(comment, None, removed=False))
    assert _counts(world, post) == (0, 0, 0)


def test_the_same_uri_again_gives_the_comment_that_is_there(world: World) -> None:
    stranger, post, origin = world.stranger(), world.post(), world.there(Micros(NOON - 9))
    comment = world.comment(on=post, by=stranger, origin=origin)
    before = world.place()
    assert world.comment(on=post, by=stranger, body="Other words", origin=origin) == comment
    assert world.facts(before) == []
    assert _counts(world, post) == (1, 1, 0)
    assert world.row("select published, received, score from comment_node") == (NOON - 9, NOON, 0)
    assert world.value("select newest_comment from post_rank") == NOON


def test_blank_and_long_comments_are_refused_here_and_not_from_elsewhere(world: World) -> None:
    post, stranger = world.post(), world.stranger()
    for body in ("", " \n", "b" * 50_001, "a\0b", "\ud800"):
        assert world.refusal(world.writer, CreateComment(post, None, body)) == "invalid_body_field"
        assert world.refusal(stranger, CreateComment(post, None, body, world.there())) is None
    assert world.value("select max(length(source)) from comment") == 50_001


def test_an_edit_keeps_what_was_said_before(world: World) -> None:
    comment = world.comment(on=world.post(), body="first")
    before = world.place()
    world.clock.now = LATER
    world.perform(world.writer, EditComment(comment, "second"))
    world.perform(world.writer, EditComment(comment, "second"))
    assert world.row("select source, text, version from comment") == ("second", "second", 2)
    edition = world.row("select kind, thing_id, number, title, source, text, updated, known_until from edition")
    assert edition == (2, comment, 1, None, "first", "first", None, LATER)
    assert world.value("select updated from comment_node") == LATER
    assert world.journal(before) == ["CommentEdited"]
    assert world.refusal(world.writer, EditComment(comment, " ")) == "invalid_body_field"


def test_an_older_edit_of_a_peers_that_comes_late_changes_nothing(world: World) -> None:
    stranger, post = world.stranger(), world.post()
    comment = world.comment(on=post, by=stranger, body="first", origin=world.there(Micros(NOON - 100)))
    before = world.place()
    world.perform(stranger, EditComment(comment, "third", world.there(Micros(NOON - 10))))
    world.perform(stranger, EditComment(comment, "second", world.there(Micros(NOON - 50))))
    assert world.value("select source from comment") == "third"
    assert world.facts(before) == [CommentEdited(comment, post)]


def test_footnotes_carry_the_comments_id(world: World) -> None:
    comment = world.comment(on=world.post(), body="Words.[^1]\n\n[^1]: A note.")
    assert f"c{comment}" in str(world.value("select html from comment"))


def _chain(world: World, post: PostId, *, length: int, here: bool) -> list[CommentId]:
    """Write a chain of replies, some hundred in a transaction."""
    caller = world.writer if here else world.stranger()
    chain: list[CommentId] = []

    def reply(parent: CommentId | None) -> CreateComment:
        return CreateComment(post, parent, "Deeper.") if here else CreateComment(post, parent, "Deeper.", world.there())

    for number in range(length):
        if number == 500:  # as PostgreSQL's autovacuum does in time; plans made for an empty table would stay
            world.db.write(lambda tx: tx.run("analyze"))
        chain += perform_all(world.db, caller, [reply(chain[-1] if chain else None)])
    return chain


def test_people_here_reply_down_to_level_200(world: World) -> None:
    post = world.post()
    chain = _chain(world, post, length=200, here=True)
    assert world.refusal(world.writer, CreateComment(post, chain[-1], "words")) == "max_comment_depth_reached"
    assert world.refusal(world.writer, CreateComment(post, chain[-2], "words")) is None
    assert world.refusal(world.stranger(), CreateComment(post, chain[-1], "words", world.there())) is None
    path = str(world.value("select path from comment where id = :id", id=chain[-1])).split(".")
    assert path == ["0", *map(str, chain[-50:])]
    assert world.value("select child_count from comment_node where comment_id = :id", id=chain[0]) == 201


@pytest.mark.slow
def test_a_peers_chain_of_5000_is_taken(world: World) -> None:
    post = world.post()
    chain = _chain(world, post, length=5_000, here=False)
    assert world.row("select max(depth), count(*) from comment_node") == (5_000, 5_000)
    assert world.value("select child_count from comment_node where comment_id = :id", id=chain[0]) == 200
    assert world.value("select comments from post_rank") == 5_000
