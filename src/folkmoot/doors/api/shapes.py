"""Which members has a JSON document? Lemmy's, version 3, complete as far as this house knows them.

The members of an object stand in the order of its fields; one that may be missing has the default None, and is left out
where it is None. Everything that is ours stands in a member named `folkmoot`, which Lemmy does not have.

Source: Lemmy 0.19's documented rows and views.
"""

from typing import Literal

import msgspec

Subscribed = Literal["Subscribed", "NotSubscribed", "Pending"]


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: int
    name: str
    display_name: str | None = None
    banned: bool
    published: str
    updated: str | None = None
    actor_id: str
    local: bool
    deleted: bool
    bot_account: bool
    instance_id: int


class Community(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: int
    name: str
    title: str
    description: str | None = None
    removed: bool
    published: str
    updated: str | None = None
    deleted: bool
    nsfw: bool
    actor_id: str
    local: bool
    hidden: bool
    posting_restricted_to_mods: bool
    instance_id: int
    visibility: Literal["Public", "LocalOnly"]


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: int
    name: str
    url: str | None = None
    body: str | None = None
    creator_id: int
    community_id: int
    removed: bool
    locked: bool
    published: str
    updated: str | None = None
    deleted: bool
    nsfw: bool
    ap_id: str
    local: bool
    language_id: int
    featured_community: bool
    featured_local: bool


class PostAggregates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    post_id: int
    comments: int
    score: int
    upvotes: int
    downvotes: int
    published: str
    newest_comment_time: str


class Comment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: int
    creator_id: int
    post_id: int
    content: str
    removed: bool
    published: str
    updated: str | None = None
    deleted: bool
    ap_id: str
    local: bool
    path: str
    distinguished: bool
    language_id: int


class CommentAggregates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    comment_id: int
    score: int
    upvotes: int
    downvotes: int
    published: str
    child_count: int


class Ours(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we know of a post or comment and Lemmy has no name for; see `docs/forms.md`."""

    handle: str
    text: str
    literal: bool
    imported: bool
    approximate: bool
    received: str
    archive_offered: bool | None = None
    archive_url: str | None = None
    original_poster: bool | None = None
    reason: str | None = None


class PostView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    post: Post
    creator: Person
    community: Community
    creator_banned_from_community: bool
    banned_from_community: bool
    creator_is_moderator: bool
    creator_is_admin: bool
    counts: PostAggregates
    subscribed: Subscribed
    saved: bool
    read: bool
    hidden: bool
    creator_blocked: bool
    my_vote: int | None = None
    unread_comments: int
    folkmoot: Ours | None = None


class CommentView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    comment: Comment
    creator: Person
    post: Post
    community: Community
    counts: CommentAggregates
    creator_banned_from_community: bool
    banned_from_community: bool
    creator_is_moderator: bool
    creator_is_admin: bool
    subscribed: Subscribed
    saved: bool
    creator_blocked: bool
    my_vote: int | None = None
    folkmoot: Ours | None = None


class OurThread(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we say about a whole thread: the order of its comments, and the comment of which only the branch is here."""

    sort: str
    branch: int | None = None


class Thread(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A post with all its comments, or with a branch of them, in the order shown."""

    post_view: PostView
    comments: list[CommentView]
    folkmoot: OurThread
