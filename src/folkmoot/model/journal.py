"""What happened? The facts that commands record, in past tense: ids and small enums only, never text.

A fact's class name and fields are stored; renaming one needs a migration. Followers (mail, delivery, caches) read
them at least once, so each follower is idempotent.
"""

from dataclasses import dataclass

from folkmoot.model.ids import CommentId, CommunityId, InstanceId, PersonId, PostId


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a command did, recorded in its own transaction."""


@dataclass(frozen=True, slots=True)
class SiteChanged(Fact):
    """The site's own settings were set up or edited."""


@dataclass(frozen=True, slots=True)
class InstanceLearned(Fact):
    """A host was met for the first time."""

    instance: InstanceId


@dataclass(frozen=True, slots=True)
class PersonCreated(Fact):
    """A person became known here: local, or remote by handle."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class InstancesLearned(Fact):
    """Hosts were met for the first time, by an import: those of these ids, first to last, that exist."""

    first: InstanceId
    last: InstanceId


@dataclass(frozen=True, slots=True)
class PeopleCreated(Fact):
    """People became known here by an import: those of these ids, first to last, that exist."""

    first: PersonId
    last: PersonId


@dataclass(frozen=True, slots=True)
class CommunityCreated(Fact):
    """A community became known here: local, or remote by handle."""

    community: CommunityId


@dataclass(frozen=True, slots=True)
class PostCreated(Fact):
    """A post was written here, learned from elsewhere, or imported."""

    post: PostId
    community: CommunityId
    author: PersonId


@dataclass(frozen=True, slots=True)
class PostEdited(Fact):
    """A post's title, link or body changed."""

    post: PostId
    community: CommunityId


@dataclass(frozen=True, slots=True)
class PostDeleted(Fact):
    """A post was deleted by its author (`deleted`), or restored (`not deleted`)."""

    post: PostId
    community: CommunityId
    deleted: bool


@dataclass(frozen=True, slots=True)
class PostRemoved(Fact):
    """A post was removed by a moderator (`removed`), or restored (`not removed`)."""

    post: PostId
    community: CommunityId
    by: PersonId | None
    removed: bool


@dataclass(frozen=True, slots=True)
class PostLocked(Fact):
    """A post was locked (no new comments), or unlocked."""

    post: PostId
    community: CommunityId
    by: PersonId | None
    locked: bool


@dataclass(frozen=True, slots=True)
class CommentCreated(Fact):
    """A comment was written here, learned from elsewhere, or imported."""

    comment: CommentId
    post: PostId
    community: CommunityId
    author: PersonId
    parent: CommentId | None


@dataclass(frozen=True, slots=True)
class CommentEdited(Fact):
    """A comment's text changed."""

    comment: CommentId
    post: PostId


@dataclass(frozen=True, slots=True)
class CommentDeleted(Fact):
    """A comment was deleted by its author (`deleted`), or restored (`not deleted`)."""

    comment: CommentId
    post: PostId
    deleted: bool


@dataclass(frozen=True, slots=True)
class CommentRemoved(Fact):
    """A comment was removed by a moderator (`removed`), or restored (`not removed`)."""

    comment: CommentId
    post: PostId
    by: PersonId | None
    removed: bool


@dataclass(frozen=True, slots=True)
class PostErased(Fact):
    """The text of a post that was deleted or removed long ago has gone for good."""

    post: PostId


@dataclass(frozen=True, slots=True)
class CommentErased(Fact):
    """The text of a comment that was deleted or removed long ago has gone for good."""

    comment: CommentId
    post: PostId


@dataclass(frozen=True, slots=True)
class ThreadImported(Fact):
    """A whole thread came from a file; its comments have no facts of their own."""

    post: PostId
    community: CommunityId
    comments: int


@dataclass(frozen=True, slots=True)
class PostVoteSet(Fact):
    """A person's vote on a post went from `before` to `value` (-1, 0 or 1)."""

    post: PostId
    person: PersonId
    before: int
    value: int


@dataclass(frozen=True, slots=True)
class CommentVoteSet(Fact):
    """A person's vote on a comment went from `before` to `value` (-1, 0 or 1). `author` wrote the comment."""

    comment: CommentId
    post: PostId
    author: PersonId
    person: PersonId
    before: int
    value: int


@dataclass(frozen=True, slots=True)
class RanksRefreshed(Fact):
    """Posts of these communities have other ranks: lists that ranks order may show another order."""

    communities: tuple[CommunityId, ...]


@dataclass(frozen=True, slots=True)
class CommunityCounted(Fact):
    """Another number of people than before takes part in a community."""

    community: CommunityId


@dataclass(frozen=True, slots=True)
class CountersRepaired(Fact):
    """Counters that had gone wrong were derived anew; any page may have shown one."""
