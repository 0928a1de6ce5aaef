"""What does a list get to show? The shapes that the queries of lists return; `views.py` has those of threads.

What a page holds many of is a NamedTuple, because it is quick to make.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

from folkmoot.model.ids import CommentId, Micros, ModlogId, PostId, Uri
from folkmoot.queries.views import (
    Absence,
    AuthorView,
    CommentView,
    CommunitySort,
    CommunityView,
    Feed,
)
from folkmoot.text.html import Html

T = TypeVar("T")


class Listed(NamedTuple, Generic[T]):
    """The things of one page of a list, in its order: their ids. `after` is the cursor of the next page.

    It is None where this is the last.
    """

    ids: list[T]
    after: str | None


class Written(NamedTuple):
    """What somebody wrote, in the order of a list: of each whether it is a comment, and its id; `after` as above."""

    things: list[tuple[bool, int]]
    after: str | None


class PostTexts(NamedTuple):
    """What a post says, in its three spellings. All are empty where the post is gone."""

    source: str
    html: Html
    text: str
    literal: bool


class PostLine(NamedTuple):
    """A post beside a comment of its, or one that a page is about. `community` is without its long texts.

    `texts` is None where they were not asked for. Of a post that is gone `title` is empty, `url` and `archive_url` are
    None, and `absence` says why.
    """

    id: PostId
    title: str
    url: str | None
    archive_url: str | None
    archive_offered: bool
    community: CommunityView
    author: AuthorView
    handle: str | None
    published: Micros
    updated: Micros | None
    received: Micros
    imported: bool
    approximate: bool
    newest_comment: Micros
    comments: int
    upvotes: int
    downvotes: int
    score: int
    nsfw: bool
    locked: bool
    absence: Absence
    uri: Uri | None
    version: int
    texts: PostTexts | None = None


class ItemView(NamedTuple):
    """Something that somebody wrote: a post, or, where `comment` is not None, a comment on that post."""

    post: PostLine
    comment: CommentView | None = None


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """A community, whole, and those who moderate it, the longest serving first."""

    community: CommunityView
    moderators: tuple[AuthorView, ...]


@dataclass(frozen=True, slots=True)
class CommunityList:
    """Communities in the order of `sort`; `after` as in `Listed`."""

    communities: tuple[CommunityView, ...]
    after: str | None
    sort: CommunitySort
    feed: Feed


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody, how much they wrote that is there, and the communities that they moderate."""

    person: AuthorView
    posts: int
    comments: int
    moderates: tuple[CommunityView, ...]


class ModlogDeed(IntEnum):
    """What a moderator did."""

    REMOVE_POST = 1
    REMOVE_COMMENT = 2
    LOCK_POST = 3


class ModlogEntry(NamedTuple):
    """One deed. `undone`: it takes an earlier one back. `moderator` is None for the operator.

    `title` is the post's, empty where the post is gone or is none. `author` wrote what the deed is about.
    """

    id: ModlogId
    at: Micros
    deed: ModlogDeed
    undone: bool
    moderator: AuthorView | None
    community: CommunityView | None
    post: PostId | None
    title: str
    comment: CommentId | None
    author: AuthorView | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ModlogList:
    """Deeds, the newest first; `after` as in `Listed`."""

    entries: tuple[ModlogEntry, ...]
    after: str | None


class EditionView(NamedTuple):
    """What a thing said at one time. `title` and `url` are of posts.

    `since` is when it was written so; `until` when it was replaced here, None for what it says now.
    """

    number: int
    title: str
    url: str | None
    source: str
    html: Html
    text: str
    literal: bool
    since: Micros
    until: Micros | None


@dataclass(frozen=True, slots=True)
class History:
    """What a thing says and said before, the newest first, as far as `history.EARLIER_READ`; of what is gone no words.

    `item` is the thing itself, with its texts as they are now.
    """

    item: ItemView
    editions: tuple[EditionView, ...]


class SitemapEntry(NamedTuple):
    """A post, and when its page last changed."""

    post: PostId
    changed: Micros
