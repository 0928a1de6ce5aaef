"""Posts: written, changed, deleted and restored by their authors."""

from dataclasses import dataclass, replace
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, presence, words
from folkmoot.commands.base import Command
from folkmoot.commands.times import moment
from folkmoot.commands.votes import first_votes
from folkmoot.db.base import Tx
from folkmoot.model.callers import WRITTEN_HERE, Caller, Here, There
from folkmoot.model.ids import CommunityId, PostId
from folkmoot.model.journal import PostCreated, PostEdited
from folkmoot.model.ranking import post_ranks
from folkmoot.store import communities, editions, participation, people, posts, votes
from folkmoot.store.communities import CommunityRow
from folkmoot.store.people import PersonRow
from folkmoot.store.posts import NewPost, PostText
from folkmoot.store.texts import Kind


@dataclass(frozen=True)
class CreatePost(Command[PostId]):
    """Write a post. From another instance, the same uri again gives the post that is there."""

    community: CommunityId
    title: str
    url: str | None = None
    body: str = ""
    nsfw: bool = False
    origin: Here | There = WRITTEN_HERE

    @cached_property
    def _words(self) -> tuple[str, str | None, words.Body]:
        return (
            words.title(self.title, self.origin),
            words.link(self.url, self.origin),
            words.markdown_body(self.body, self.origin, may_be_blank=True),
        )

    @override
    def prepare(self) -> None:
        _ = self._words

    @override
    def apply(self, tx: Tx, caller: Caller) -> PostId:
        if isinstance(self.origin, There):
            access.author(tx, caller, self.origin)
            found = posts.find_by_uri(tx, self.origin.uri)
            if found is not None:
                return found
        place = access.postable_community(tx, caller, self.community, self.origin)
        community, author = place.community, place.actor
        new = self._new_post(tx, author, community)
        if not posts.insert(tx, new):  # the same activity came twice at once
            return self.apply(tx, caller)
        communities.count(tx, community.id, posts=1)
        people.count_posts(tx, author.id, 1)
        participation.note(tx, community.id, author.id, at=new.published, known=place.someone.last_active)
        if new.upvotes:
            votes.put(tx, author.id, Kind.POST, new.id, value=1)
        tx.record(PostCreated(new.id, community.id, author.id))
        return new.id

    def _new_post(self, tx: Tx, author: PersonRow, community: CommunityRow) -> NewPost:
        title, link, body = self._words
        post = PostId(tx.next_ids("post"))
        published = moment(tx, self.origin)
        upvotes = first_votes(author, self.origin)
        return NewPost(
            id=post,
            community=community.id,
            author=author.id,
            wide=PostText(title, link, body.stored_as(f"p{post}")),
            published=published,
            received=tx.now,
            uri=self.origin.uri if isinstance(self.origin, There) else None,
            newest_comment=published,
            newest_other=published,
            upvotes=upvotes,
            nsfw=self.nsfw or community.nsfw,
            ranks=post_ranks(
                upvotes,
                0,
                published=published,
                newest_other=published,
                active_month=community.active_month,
                now=tx.now,
            ),
        )


@dataclass(frozen=True)
class EditPost(Command[None]):
    """Change what a post says. None leaves a part as it is, the empty text takes it away."""

    post: PostId
    title: str | None = None
    url: str | None = None
    body: str | None = None
    nsfw: bool | None = None
    origin: Here | There = WRITTEN_HERE

    @cached_property
    def _body(self) -> words.Body | None:
        if self.body is None:
            return None
        return words.markdown_body(self.body, self.origin, may_be_blank=True)

    @override
    def prepare(self) -> None:
        _ = self._body

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        place = access.editable_post(tx, caller, self.post, self.origin)
        at = moment(tx, self.origin)
        if place.post.updated is not None and at < place.post.updated:
            return  # an older edit of a peer's, come late
        before = posts.wide(tx, self.post)
        after = self._edited(before)
        nsfw = place.post.nsfw if self.nsfw is None else self.nsfw or place.community.nsfw
        if after == before and nsfw == place.post.nsfw:
            return
        editions.keep(tx, Kind.POST, self.post)
        posts.update(tx, self.post, after, updated=at)
        if nsfw != place.post.nsfw:
            posts.mark_nsfw(tx, self.post, nsfw=nsfw)
        tx.record(PostEdited(self.post, place.post.community))

    def _edited(self, before: PostText) -> PostText:
        after = before
        if self.title is not None:
            after = replace(after, title=words.title(self.title, self.origin))
        if self.url is not None:
            after = replace(after, url=words.link(self.url, self.origin))
        if self._body is not None and self._body.source != before.text.source:
            after = replace(after, text=self._body.stored_as(f"p{self.post}"))
        return after


@dataclass(frozen=True)
class DeletePost(Command[None]):
    """Delete a post of one's own, or restore it. It keeps its place."""

    post: PostId
    deleted: bool

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        place = access.deletable_post(tx, caller, self.post, deleted=self.deleted)
        presence.delete_post(tx, place.post, deleted=self.deleted)
