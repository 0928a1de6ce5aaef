"""Votes: a state, not a switch. The same vote again changes nothing."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access
from folkmoot.commands.base import Command
from folkmoot.db.base import Tx
from folkmoot.model.callers import Caller
from folkmoot.model.errors import Invalid
from folkmoot.model.ids import CommentId, PersonId, PostId
from folkmoot.model.journal import CommentVoteSet, PostVoteSet
from folkmoot.store import comments, posts, votes
from folkmoot.store.people import PersonRow
from folkmoot.store.texts import Kind


@dataclass(frozen=True)
class SetPostVote(Command[None]):
    """Let one's vote on a post be -1, 0 (none) or 1."""

    post: PostId
    value: int

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        _check_value(self.value)
        person = access.actor(tx, caller)
        access.votable_post(tx, person, self.post)
        before = votes.find(tx, person.id, Kind.POST, self.post)
        if before != self.value:
            _set(tx, person.id, Kind.POST, self.post, before=before, value=self.value)
            tx.record(PostVoteSet(self.post, person.id, before, self.value))


@dataclass(frozen=True)
class SetCommentVote(Command[None]):
    """Let one's vote on a comment be -1, 0 (none) or 1."""

    comment: CommentId
    value: int

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        _check_value(self.value)
        person = access.actor(tx, caller)
        place = access.votable_comment(tx, person, self.comment)
        before = votes.find(tx, person.id, Kind.COMMENT, self.comment)
        if before != self.value:
            _set(tx, person.id, Kind.COMMENT, self.comment, before=before, value=self.value)
            tx.record(CommentVoteSet(self.comment, place.comment.post, person.id, before, self.value))


def cast_first_vote(tx: Tx, author: PersonRow, kind: Kind, thing: PostId | CommentId) -> None:
    """Let somebody's new post or comment start with their own vote, as Lemmy does; a bot's starts without.

    The fact of the thing's creation says so; there is none for the vote.
    """
    if not author.bot:
        _set(tx, author.id, kind, thing, before=0, value=1)


def _check_value(value: int) -> None:
    if value not in (-1, 0, 1):
        raise Invalid("invalid_vote_value", "value")


def _set(tx: Tx, person: PersonId, kind: Kind, thing: PostId | CommentId, *, before: int, value: int) -> None:
    votes.put(tx, person, kind, thing, value=value)
    up = (value == 1) - (before == 1)
    down = (value == -1) - (before == -1)
    if kind is Kind.POST:
        posts.count_votes(tx, PostId(thing), upvotes=up, downvotes=down)
    else:
        comments.count_votes(tx, CommentId(thing), upvotes=up, downvotes=down)
