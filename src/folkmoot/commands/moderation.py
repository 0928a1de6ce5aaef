"""What those who answer for a community do. Each deed writes its modlog row in its own transaction."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access, presence, words
from folkmoot.commands.base import Command
from folkmoot.db.base import Tx
from folkmoot.model.callers import Caller
from folkmoot.model.ids import CommentId, PostId
from folkmoot.model.journal import PostLocked
from folkmoot.model.limits import REASON_MAX_CHARS
from folkmoot.store import modlog, posts
from folkmoot.store.modlog import Deed, Entry


@dataclass(frozen=True)
class RemovePost(Command[None]):
    """Remove a post, or take the removal back."""

    post: PostId
    reason: str | None
    removed: bool

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        reason = _checked_reason(self.reason)
        place = access.moderated_post(tx, caller, self.post, removed=self.removed)
        if presence.remove_post(tx, place.post, caller.person, removed=self.removed):
            entry = Entry(Deed.REMOVE_POST, not self.removed, caller.person, place.community.id, self.post)
            modlog.insert(tx, entry, reason=reason)


@dataclass(frozen=True)
class RemoveComment(Command[None]):
    """Remove a comment, or take the removal back. What is below it stays."""

    comment: CommentId
    reason: str | None
    removed: bool

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        reason = _checked_reason(self.reason)
        place = access.moderated_comment(tx, caller, self.comment, removed=self.removed)
        if presence.remove_comment(tx, place.comment, caller.person, removed=self.removed):
            post = place.comment.post
            entry = Entry(Deed.REMOVE_COMMENT, not self.removed, caller.person, place.community.id, post, self.comment)
            modlog.insert(tx, entry, reason=reason)


@dataclass(frozen=True)
class LockPost(Command[None]):
    """Let a post take no new comments but moderators', or open it again."""

    post: PostId
    locked: bool
    reason: str | None = None

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        reason = _checked_reason(self.reason)
        place = access.lockable_post(tx, caller, self.post)
        if place.post.locked == self.locked:
            return
        posts.mark_locked(tx, self.post, locked=self.locked)
        entry = Entry(Deed.LOCK_POST, not self.locked, caller.person, place.community.id, self.post)
        modlog.insert(tx, entry, reason=reason)
        tx.record(PostLocked(self.post, place.community.id, caller.person, self.locked))


def _checked_reason(reason: str | None) -> str | None:
    """Give the reason on one line, None where there is none."""
    if reason is None:
        return None
    line = " ".join(reason.split())
    words.check_plain(line, field="reason", code="invalid_body_field", max_chars=REASON_MAX_CHARS)
    return line or None
