"""Comments: written, changed, deleted and restored by their authors."""

from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, presence, words
from folkmoot.commands.access import PostPlace
from folkmoot.commands.base import Command
from folkmoot.commands.times import moment
from folkmoot.commands.votes import first_votes
from folkmoot.db.base import Tx
from folkmoot.model.callers import WRITTEN_HERE, Caller, Here, There
from folkmoot.model.errors import NotAllowed
from folkmoot.model.ids import CommentId, PostId
from folkmoot.model.journal import CommentCreated, CommentEdited
from folkmoot.model.limits import LOCAL_DEPTH_MAX
from folkmoot.model.paths import ROOT_PATH, path_below
from folkmoot.model.ranking import counts_for_active
from folkmoot.store import comments, communities, editions, participation, people, posts, votes
from folkmoot.store.comments import NewComment, Parent
from folkmoot.store.texts import Kind

_SAME_MOMENT_MICROS = 16
"""Edits of one moment are told apart by a microsecond each; see `store/comments.update`."""


@dataclass(frozen=True)
class CreateComment(Command[CommentId]):
    """Reply to a post, or to a comment under it. From another instance, the same uri again gives what is there."""

    post: PostId
    parent: CommentId | None
    body: str
    origin: Here | There = WRITTEN_HERE

    @cached_property
    def _body(self) -> words.Body:
        return words.markdown_body(self.body, self.origin, may_be_blank=False)

    @override
    def prepare(self) -> None:
        _ = self._body

    @override
    def apply(self, tx: Tx, caller: Caller) -> CommentId:
        if isinstance(self.origin, There):
            access.author(tx, caller, self.origin)
            found = comments.find_by_uri(tx, self.origin.uri)
            if found is not None:
                return found
        place = access.commentable_post(tx, caller, self.post, self.origin)
        author = place.actor
        parent = self._parent(tx)
        comment = CommentId(tx.next_ids("comment"))
        new = NewComment(
            id=comment,
            post=self.post,
            community=place.community.id,
            parent=self.parent,
            author=author.id,
            depth=1 if parent is None else parent.row.depth + 1,
            path=path_below(ROOT_PATH if parent is None else parent.path, comment),
            text=self._body.stored_as(f"c{comment}"),
            published=moment(tx, self.origin),
            received=tx.now,
            upvotes=first_votes(author, self.origin),
            uri=self.origin.uri if isinstance(self.origin, There) else None,
        )
        comments.insert(tx, new)
        self._count(tx, place, new, parent)
        tx.record(CommentCreated(comment, self.post, place.community.id, author.id, self.parent))
        return comment

    def _parent(self, tx: Tx) -> Parent | None:
        if self.parent is None:
            return None
        parent = access.answerable_comment(tx, self.post, self.parent, self.origin)
        if isinstance(self.origin, Here) and parent.row.depth >= LOCAL_DEPTH_MAX:
            raise NotAllowed("max_comment_depth_reached")
        return parent

    def _count(self, tx: Tx, place: PostPlace, new: NewComment, parent: Parent | None) -> None:
        """Let all that counts comments count this one."""
        if parent is not None:
            comments.count_child(tx, parent)
        own = place.post.author == new.author
        for_active = counts_for_active(place.post.published, commented=new.published, own=own)
        posts.count_comment(tx, self.post, new.published, for_active=for_active)
        communities.count_comments(tx, new.community, 1)
        people.count_comments(tx, new.author, 1)
        participation.note(tx, new.community, new.author, at=new.published, known=place.someone.last_active)
        if new.upvotes:
            votes.put(tx, new.author, Kind.COMMENT, new.id, value=1)


@dataclass(frozen=True)
class EditComment(Command[None]):
    """Change what a comment says."""

    comment: CommentId
    body: str
    origin: Here | There = WRITTEN_HERE

    @cached_property
    def _body(self) -> words.Body:
        return words.markdown_body(self.body, self.origin, may_be_blank=False)

    @override
    def prepare(self) -> None:
        _ = self._body

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        place = access.editable_comment(tx, caller, self.comment, self.origin)
        at = moment(tx, self.origin)
        if place.comment.updated is not None and at < place.comment.updated - _SAME_MOMENT_MICROS:
            return  # an older edit of a peer's, come late
        if comments.source(tx, self.comment) == self._body.source:
            return
        editions.keep(tx, Kind.COMMENT, self.comment)
        comments.update(tx, self.comment, self._body.stored_as(f"c{self.comment}"), updated=at)
        posts.change_tree(tx, place.comment.post)
        tx.record(CommentEdited(self.comment, place.comment.post))


@dataclass(frozen=True)
class DeleteComment(Command[None]):
    """Delete a comment of one's own, or restore it. It keeps its place, with all that is below it."""

    comment: CommentId
    deleted: bool

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        place = access.deletable_comment(tx, caller, self.comment, deleted=self.deleted)
        presence.delete_comment(tx, place.comment, deleted=self.deleted)
