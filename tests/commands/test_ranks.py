"""Stored ranks: right at the start, due when something changes them, refreshed in portions; who takes part, counted."""

import pytest

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.doctor import doctor
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.moderation import RemoveComment
from folkmoot.commands.ranks import CountActive, RefreshRanks, count_active, refresh_ranks
from folkmoot.commands.upkeep import EraseGone
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import Micros, PostId
from folkmoot.model.journal import CommunityCounted, RanksRefreshed
from folkmoot.model.ranking import AgeClass, Ranks, next_due, post_ranks
from folkmoot.store.participation import ActiveCounts
from folkmoot.text.thread_text import parse_thread
from tests.conftest import NOON
from tests.world import World, person_of

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_STORED = """
    select hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class, rank_due
    from post_rank where post_id = :post
"""
_VOTES = "select upvotes, downvotes, published, newest_other from post_rank where post_id = :post"


def stored(world: World, post: PostId) -> Ranks:
    row = world.row(_STORED, post=post)
    assert row is not None
    return Ranks(*row)  # type: ignore[arg-type]  # the columns are integers


def right(world: World, post: PostId, *, active_month: int = 0) -> Ranks:
    """Give what the ranks are at this moment, by the formulas."""
    row = world.row(_VOTES, post=post)
    assert row is not None
    upvotes, downvotes, published, newest_other = (int(str(number)) for number in row)
    return post_ranks(
        upvotes,
        downvotes,
        published=Micros(published),
        newest_other=Micros(newest_other),
        active_month=active_month,
        now=world.clock.now,
    )


def due(world: World, post: PostId) -> object:
    return world.value("select rank_due from post_rank where post_id = :post", post=post)


def test_a_new_post_has_its_ranks_at_once(world: World) -> None:
    ours = world.post()
    theirs = world.post(by=world.stranger(), origin=world.there(Micros(NOON - 3 * DAY)))
    assert stored(world, ours) == right(world, ours)
    assert stored(world, theirs) == right(world, theirs)
    assert stored(world, ours).hot > stored(world, theirs).hot > 0
    assert (stored(world, ours).top, stored(world, theirs).age_class) == (1, AgeClass.WEEK)


def test_a_vote_makes_ranks_due_and_leaves_them_as_they_are(world: World) -> None:
    post = world.post()
    before = stored(world, post)
    world.clock.forward(seconds=10)
    world.perform(world.person(), SetPostVote(post, -1))
    assert stored(world, post) == before._replace(due=world.clock.now)
    then = due(world, post)
    world.clock.forward(seconds=10)
    world.perform(world.person(), SetPostVote(post, 1))
    assert due(world, post) == then, "what is due already is left alone"


def test_an_old_post_is_never_due_until_somebody_votes(world: World) -> None:
    post = world.post(by=world.stranger(), origin=world.there(Micros(NOON - 400 * DAY)))
    assert stored(world, post) == Ranks(0, 0, 0, 0, 0, AgeClass.OLDER, None)
    world.perform(world.person(), SetPostVote(post, 1))
    assert due(world, post) == NOON
    world.perform(OPERATOR, RefreshRanks())
    assert stored(world, post) == Ranks(0, 0, 0, 0, 1, AgeClass.OLDER, None)


@pytest.mark.parametrize(
    ("after", "own", "counts"), [(DAY, False, True), (DAY, True, False), (2 * DAY, False, False), (0, False, False)]
)
def test_a_comment_by_somebody_else_in_the_first_two_days_makes_a_post_active(
    world: World, after: int, own: bool, counts: bool
) -> None:
    post = world.post()
    world.perform(OPERATOR, RefreshRanks())
    planned = due(world, post)
    world.clock.forward(seconds=after / 1_000_000)
    world.comment(on=post, by=world.writer if own else world.person())
    found = world.row("select newest_comment, newest_other, rank_due from post_rank")
    now = NOON + after
    assert found == (now, now if counts else NOON, min(now, int(str(planned))) if counts else planned)
    world.perform(OPERATOR, RefreshRanks())
    assert stored(world, post) == right(world, post)
    assert (stored(world, post).active > stored(world, post).hot) == counts


def test_a_deleted_comment_still_made_its_post_active(world: World) -> None:
    post, other = world.post(), world.person()
    world.clock.forward(seconds=9)
    comment = world.comment(on=post, by=other)
    world.perform(other, DeleteComment(comment, deleted=True))
    assert world.value("select newest_other from post_rank") == NOON + 9_000_000


FILE = (
    "Words.\n\n  • a@x.example\n    hexagon\n    ·\n    5 hours ago\n\n    One.\n\n"
    "  • b@x.example\n    ·\n    3 hours ago\n\n    Two.\n\n  • a@x.example\n    hexagon\n    ·\n    1 hour ago"
    "\n\n    Three."
)


def test_an_imported_thread_is_ranked_too_and_nobody_took_part(world: World) -> None:
    thread = ImportThread(parse_thread(FILE.encode()), "d" * 64, world.clock.now)
    post = world.perform(OPERATOR, thread).post
    assert stored(world, post) == right(world, post)
    newest_other = world.value("select newest_other from post_rank")
    assert newest_other == world.value("select published from comment_node where position = 1")
    assert world.value("select count(*) from participation") == 0
    assert world.value("select count(*) from comment_node n join post_rank r on r.community_id = n.community_id") == 3


def test_only_what_is_due_is_refreshed_and_only_what_changes_is_told(world: World) -> None:
    community = world.community()
    post, other = world.post(), world.post(community=community)
    before = world.place()
    assert world.perform(OPERATOR, RefreshRanks()) == 0
    world.perform(world.person(), SetPostVote(post, 1))
    assert world.perform(OPERATOR, RefreshRanks()) == 1
    assert stored(world, post) == right(world, post)
    world.clock.forward(seconds=300)
    assert world.perform(OPERATOR, RefreshRanks()) == 2
    assert [stored(world, each) == right(world, each) for each in (post, other)] == [True, True]
    assert [fact for fact in world.facts(before) if isinstance(fact, RanksRefreshed)] == [
        RanksRefreshed((world.home,)),
        RanksRefreshed(tuple(sorted((world.home, community)))),
    ]


def test_a_refresh_that_changes_nothing_is_no_fact(world: World) -> None:
    post = world.post()
    world.db.write(lambda tx: tx.run("update post_rank set rank_due = 1"))
    before = world.place()
    assert refresh_ranks(world.db, world.clock.now) == 1
    assert world.facts(before) == []
    assert due(world, post) == next_due(NOON, NOON, NOON)


def test_refreshing_goes_in_portions(world: World) -> None:
    for _ in range(5):
        world.post()
    world.clock.forward(days=1)
    assert [refresh_ranks(world.db, world.clock.now, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_ranks_follow_a_post_through_its_whole_life(world: World) -> None:
    """Refreshed whenever it is due, a post's class is right at each moment, and it is left alone in the end."""
    post = world.post()
    world.perform(world.person(), SetPostVote(post, -1))
    refreshes = 0
    while (then := due(world, post)) is not None:
        world.clock.now = Micros(max(world.clock.now, int(str(then))))
        assert world.perform(OPERATOR, RefreshRanks()) == 1
        assert stored(world, post) == right(world, post)
        refreshes += 1
        if refreshes % 50 == 0 and stored(world, post).hot:
            world.clock.forward(days=1)
    assert stored(world, post) == Ranks(0, 0, 0, 2 * 10**10, 0, AgeClass.OLDER, None)


def test_scaled_follows_how_many_take_part(world: World) -> None:
    post = world.post()
    for _ in range(2):
        world.comment(on=post, by=world.person())
    count_active(world.db, world.clock.now)
    world.perform(world.person(), SetPostVote(post, 1))
    world.perform(OPERATOR, RefreshRanks())
    assert stored(world, post) == right(world, post, active_month=3)


def test_taking_part_is_noted_to_the_hour_by_writing_and_voting(world: World) -> None:
    post, voter, stranger = world.post(), world.person(), world.stranger()
    hour = NOON - NOON % HOUR
    world.perform(voter, SetPostVote(post, 1))
    world.comment(on=post, by=stranger, origin=world.there(Micros(NOON - 3 * HOUR)))
    assert _noted(world) == {
        person_of(world.writer): hour,
        person_of(voter): hour,
        person_of(stranger): hour - 3 * HOUR,
    }
    world.clock.forward(seconds=7_200)
    world.perform(voter, SetPostVote(post, 0))
    assert _noted(world)[person_of(voter)] == hour, "a vote taken back is no part"
    comment = world.comment(on=post)
    world.perform(voter, SetCommentVote(comment, 1))
    world.comment(on=post, by=stranger, origin=world.there(Micros(NOON - 9 * HOUR)))
    assert _noted(world) == {
        person_of(world.writer): hour + 2 * HOUR,
        person_of(voter): hour + 2 * HOUR,
        person_of(stranger): hour - 3 * HOUR,
    }


def _noted(world: World) -> dict[int, int]:
    with world.db.read() as reader:
        return dict(reader.rows("select person_id, last_active from participation"))


def test_who_takes_part_is_counted_by_the_hour(world: World) -> None:
    post = world.post()
    world.post(by=world.person("robot", bot=True))
    assert count_active(world.db, world.clock.now) == 1
    assert _active(world) == (1, 1, 1, 1)
    world.perform(world.person(), SetPostVote(post, 1))
    before = world.place()
    assert count_active(world.db, world.clock.now) == 0
    seen = []
    for days in (1 / 24, 2, 8, 32, 185):
        world.clock.now = Micros(NOON + round(days * DAY))
        assert count_active(world.db, world.clock.now) == 1
        seen.append(_active(world))
    assert seen == [(2, 2, 2, 2), (0, 2, 2, 2), (0, 0, 2, 2), (0, 0, 0, 2), (0, 0, 0, 0)]
    assert world.facts(before) == [CommunityCounted(world.home)] * 5
    world.clock.forward(days=1)
    assert count_active(world.db, world.clock.now) == 1
    assert len(world.facts(before)) == 5
    assert world.value("select version from community") == 1


def _active(world: World) -> object:
    return world.row("select active_day, active_week, active_month, active_half_year from community")


def test_counting_names_each_community_once(world: World) -> None:
    communities = [world.community() for _ in range(5)]
    assert [count_active(world.db, world.clock.now, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    world.perform(OPERATOR, CountActive(tuple(ActiveCounts(community, 0, 0, 0, 0) for community in communities)))
    assert list(doctor(world.db)) == []


def test_the_trees_version_rises_with_each_change_of_its_comments(world: World) -> None:
    post, other = world.post(), world.post()
    seen = [_tree(world, post)]

    def changed() -> bool:
        seen.append(_tree(world, post))
        return seen[-1] > seen[-2]

    comment = world.comment(on=post)
    assert changed()
    world.perform(world.writer, EditComment(comment, "Other words."))
    assert changed()
    world.perform(world.person(), SetCommentVote(comment, 1))
    assert changed()
    for deleted in (True, False):
        world.perform(world.writer, DeleteComment(comment, deleted=deleted))
        assert changed()
    for removed in (True, False, True):
        world.perform(OPERATOR, RemoveComment(comment, None, removed=removed))
        assert changed()
    world.clock.forward(days=31)
    world.perform(OPERATOR, EraseGone())
    assert changed()
    world.perform(world.person(), SetPostVote(post, 1))
    assert not changed()
    assert _tree(world, other) == 1


def _tree(world: World, post: PostId) -> int:
    return int(str(world.value("select tree_version from post_rank where post_id = :post", post=post)))


def test_versions_rise_with_what_a_part_shows_and_never_with_votes(world: World) -> None:
    post = world.post()
    comment = world.comment(on=post)
    for voter in (world.person(), world.person()):
        world.perform(voter, SetPostVote(post, 1))
        world.perform(voter, SetCommentVote(comment, -1))
    world.clock.forward(days=1)
    world.perform(OPERATOR, RefreshRanks())
    count_active(world.db, world.clock.now)
    assert _versions(world) == (1, 1, 1, 1)
    world.perform(world.writer, EditComment(comment, "Other words."))
    assert _versions(world) == (1, 2, 1, 1)
    world.perform(OPERATOR, RemoveComment(comment, None, removed=True))
    assert _versions(world) == (1, 3, 1, 1)


def _versions(world: World) -> object:
    return world.row(
        """
        select p.version, c.version, max(m.version), max(w.version)
        from post p cross join comment c cross join community m cross join person w group by p.version, c.version
        """
    )
