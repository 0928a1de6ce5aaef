"""Comments: written, changed, deleted and restored by their authors."""

from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, presence, words
from folkmoot.commands.base import Command
from folkmoot.commands.times import moment
from folkmoot.commands.votes import cast_first_vote
from folkmoot.db.base import Tx
from folkmoot.model.callers import WRITTEN_HERE, Caller, Here, There
from folkmoot.model.errors import NotAllowed
from folkmoot.model.ids import CommentId, PostId
from folkmoot.model.journal import CommentCreated, CommentEdited
from folkmoot.model.limits import LOCAL_DEPTH_MAX
from folkmoot.model.paths import ROOT_PATH, path_below
from folkmoot.store import comments, communities, editions, people, posts
from folkmoot.store.comments import NewComment
from folkmoot.store.texts import Kind


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
        author = access.author(tx, caller, self.origin)
        if isinstance(self.origin, There):
            found = comments.find_by_uri(tx, self.origin.uri)
            if found is not None:
                return found
        place = access.commentable_post(tx, author, self.post)
        depth, parent_path = self._place(tx)
        comment = CommentId(tx.next_ids("comment"))
        new = NewComment(
            id=comment,
            post=self.post,
            parent=self.parent,
            author=author.id,
            depth=depth,
            path=path_below(parent_path, comment),
            text=self._body.stored_as(f"c{comment}"),
            published=moment(tx, self.origin),
            received=tx.now,
            uri=self.origin.uri if isinstance(self.origin, There) else None,
        )
        comments.insert(tx, [new])
        if self.parent is not None:
            comments.count_child(tx, self.parent)
        posts.count(tx, self.post, comments=1, published=new.published)
        communities.count(tx, place.community.id, comments=1)
        people.count(tx, [{"person": author.id, "posts": 0, "comments": 1}])
        if isinstance(self.origin, Here):
            cast_first_vote(tx, author, Kind.COMMENT, comment)
        tx.record(CommentCreated(comment, self.post, place.community.id, author.id, self.parent))
        return comment

    def _place(self, tx: Tx) -> tuple[int, str]:
        """Give depth, and path of what is above."""
        if self.parent is None:
            return 1, ROOT_PATH
        parent = access.answerable_comment(tx, self.post, self.parent, self.origin)
        if isinstance(self.origin, Here) and parent.depth >= LOCAL_DEPTH_MAX:
            raise NotAllowed("max_comment_depth_reached")
        return parent.depth + 1, comments.path(tx, parent.id)


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
        place = access.editable_comment(tx, access.author(tx, caller, self.origin), self.comment)
        at = moment(tx, self.origin)
        if place.comment.updated is not None and at < place.comment.updated:
            return  # an older edit of a peer's, come late
        if comments.text(tx, self.comment).source == self._body.source:
            return
        editions.keep(tx, Kind.COMMENT, self.comment)
        comments.update(tx, self.comment, self._body.stored_as(f"c{self.comment}"), updated=at)
        tx.record(CommentEdited(self.comment, place.comment.post))


@dataclass(frozen=True)
class DeleteComment(Command[None]):
    """Delete a comment of one's own, or restore it. It keeps its place, with all that is below it."""

    comment: CommentId
    deleted: bool

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        person = access.actor(tx, caller)
        place = access.deletable_comment(tx, person, self.comment, deleted=self.deleted)
        presence.delete_comment(tx, place.comment, place.community, deleted=self.deleted)
