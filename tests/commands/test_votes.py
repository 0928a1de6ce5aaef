"""Votes: a state, not a switch."""

import pytest

from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.model.journal import CommentVoteSet, PostVoteSet
from tests.world import World, person_of


def test_second_identical_vote_changes_nothing(world: World) -> None:
    ada, bob, post = world.person("ada"), world.person("bob"), world.post()
    comment = world.comment(by=ada, on=post)
    before = world.place()
    for _ in range(2):
        world.perform(bob, SetPostVote(post, 1))
        world.perform(bob, SetCommentVote(comment, -1))
    assert world.facts(before) == [
        PostVoteSet(post, person_of(bob), 0, 1),
        CommentVoteSet(comment, post, person_of(ada), person_of(bob), 0, -1),
    ]
    assert world.row("select upvotes, downvotes, score from post_rank") == (2, 0, 2)
    assert world.row("select upvotes, downvotes, score from comment_node") == (1, 1, 0)


def test_every_change_of_a_vote_is_counted(world: World) -> None:
    bob, post = world.person("bob"), world.post(by=world.stranger(), origin=world.there())
    seen = []
    for value in (1, -1, 0, -1, 1, 0):
        world.perform(bob, SetPostVote(post, value))
        seen.append(world.row("select upvotes, downvotes, score, (select count(*) from vote) from post_rank"))
    assert seen == [(1, 0, 1, 1), (0, 1, -1, 1), (0, 0, 0, 0), (0, 1, -1, 1), (1, 0, 1, 1), (0, 0, 0, 0)]


def test_no_vote_taken_back_is_nothing(world: World) -> None:
    bob, post = world.person("bob"), world.post()
    before = world.place()
    world.perform(bob, SetPostVote(post, 0))
    assert world.facts(before) == []


def test_an_author_may_change_their_own_first_vote(world: World) -> None:
    post = world.post()
    world.perform(world.writer, SetPostVote(post, 0))
    assert world.row("select score, (select count(*) from vote) from post_rank") == (0, 0)


@pytest.mark.parametrize("value", [2, -2, 100])
def test_other_votes_do_not_exist(world: World, value: int) -> None:
    post = world.post()
    assert world.refusal(world.person(), SetPostVote(post, value)) == "invalid_vote_value"
    assert world.refusal(world.person(), SetCommentVote(world.comment(on=post), value)) == "invalid_vote_value"


def test_a_vote_does_not_touch_the_text(world: World) -> None:
    post = world.post()
    world.perform(world.person(), SetPostVote(post, 1))
    assert world.row("select p.version, r.updated from post p join post_rank r on r.post_id = p.id") == (1, None)
