"""Votes: a state, not a switch. The same vote again changes nothing."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access
from folkmoot.commands.access import CommentPlace, PostPlace
from folkmoot.commands.base import Command
from folkmoot.db.base import Tx
from folkmoot.model.callers import Caller, Here, There
from folkmoot.model.errors import Invalid
from folkmoot.model.ids import CommentId, PersonId, PostId
from folkmoot.model.journal import CommentVoteSet, PostVoteSet
from folkmoot.store import comments, participation, posts, votes
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
        place = access.votable_post(tx, caller, self.post)
        person, before = place.actor.id, place.someone.vote
        if before == self.value:
            return
        upvotes, downvotes = _changes(before, self.value)
        posts.count_votes(tx, place.post, upvotes=upvotes, downvotes=downvotes)
        _put(tx, place, person, Kind.POST, self.post, value=self.value)
        tx.record(PostVoteSet(self.post, person, before, self.value))


@dataclass(frozen=True)
class SetCommentVote(Command[None]):
    """Let one's vote on a comment be -1, 0 (none) or 1."""

    comment: CommentId
    value: int

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        _check_value(self.value)
        place = access.votable_comment(tx, caller, self.comment)
        person, before = place.actor.id, place.someone.vote
        if before == self.value:
            return
        upvotes, downvotes = _changes(before, self.value)
        posts.change_tree(tx, place.comment.post)
        comments.count_votes(tx, self.comment, upvotes=upvotes, downvotes=downvotes)
        _put(tx, place, person, Kind.COMMENT, self.comment, value=self.value)
        tx.record(CommentVoteSet(self.comment, place.comment.post, place.comment.author, person, before, self.value))


def first_votes(author: PersonRow, origin: Here | There) -> int:
    """Say with how many votes something new starts: here with its author's own, as in Lemmy; a bot's without.

    The fact of the thing's creation says so; there is none for the vote.
    """
    return int(isinstance(origin, Here) and not author.bot)


def _check_value(value: int) -> None:
    if value not in (-1, 0, 1):
        raise Invalid("invalid_vote_value", "value")


def _changes(before: int, value: int) -> tuple[int, int]:
    """Give how many more upvotes and downvotes there are now."""
    return (value == 1) - (before == 1), (value == -1) - (before == -1)


def _put(
    tx: Tx, place: PostPlace | CommentPlace, person: PersonId, kind: Kind, thing: PostId | CommentId, *, value: int
) -> None:
    votes.put(tx, person, kind, thing, value=value)
    if value:
        participation.note(tx, place.community.id, person, at=tx.now, known=place.someone.last_active)
