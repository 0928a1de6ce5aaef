"""What does a page get to show? The frozen shapes that queries return; doors turn them into their own words."""

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple

from folkmoot.model.ids import HERE, CommentId, CommunityId, InstanceId, Micros, PersonId, PostId, Uri
from folkmoot.text.html import Html


class CommentSort(Enum):
    """How siblings are ordered. `SHOWN`: as the imported file showed them, later things after; else as `HOT`."""

    SHOWN = "shown"
    HOT = "hot"
    TOP = "top"
    NEW = "new"
    OLD = "old"
    CONTROVERSIAL = "controversial"


class PostSort(Enum):
    """How lists of posts are ordered. The value stands in addresses; Lemmy's names are made of the members' names."""

    ACTIVE = "active"
    HOT = "hot"
    SCALED = "scaled"
    NEW = "new"
    OLD = "old"
    CONTROVERSIAL = "controversial"
    MOST_COMMENTS = "most-comments"
    NEW_COMMENTS = "new-comments"
    TOP_HOUR = "top-hour"
    TOP_SIX_HOUR = "top-six-hours"
    TOP_TWELVE_HOUR = "top-twelve-hours"
    TOP_DAY = "top-day"
    TOP_WEEK = "top-week"
    TOP_MONTH = "top-month"
    TOP_THREE_MONTHS = "top-three-months"
    TOP_SIX_MONTHS = "top-six-months"
    TOP_NINE_MONTHS = "top-nine-months"
    TOP_YEAR = "top-year"
    TOP_ALL = "top-all"


class Feed(Enum):
    """Whose posts a list over communities shows: everybody's, or those of communities at home here."""

    ALL = "all"
    LOCAL = "local"


class CommunitySort(Enum):
    """How the directory of communities is ordered."""

    ACTIVE = "active"
    NEW = "new"
    OLD = "old"
    POSTS = "posts"
    NAME = "name"


class PersonSort(Enum):
    """How what somebody wrote is ordered."""

    NEW = "new"
    TOP = "top"


class PersonShow(Enum):
    """What somebody's page lists."""

    ALL = "all"
    POSTS = "posts"
    COMMENTS = "comments"


class Absence(IntEnum):
    """Why a text is not shown. A removal hides a deletion."""

    PRESENT = 0
    DELETED = 1
    REMOVED = 2


class AuthorView(NamedTuple):
    """A person beside what they wrote. `host` is None for local people; `moderator` is of the thing's community."""

    id: PersonId
    name: str
    host: str | None
    display_name: str | None
    uri: Uri | None
    bot: bool
    deleted: bool
    admin: bool
    moderator: bool
    provisional: bool
    published: Micros
    updated: Micros | None
    instance: InstanceId = HERE


class CommunityView(NamedTuple):
    """A community as a thread's head shows it. `host` is None for local ones.

    In lists `description` and `html` are empty. `active_…`: how many took part within that time, as last counted.
    """

    id: CommunityId
    name: str
    host: str | None
    title: str
    description: str
    html: Html
    uri: Uri | None
    nsfw: bool
    deleted: bool
    removed: bool
    published: Micros
    updated: Micros | None
    posts: int
    comments: int
    instance: InstanceId = HERE
    active_day: int = 0
    active_week: int = 0
    active_month: int = 0
    active_half_year: int = 0


@dataclass(frozen=True, slots=True)
class PostView:
    """One post.

    Where `absence` is not PRESENT, `title`, `html`, `text` and `source` are empty, `url` and `archive_url` are None and
    no archive is offered. (An imported post that its file shows as deleted stays PRESENT: its text is all that is
    known.) `absence` says what became of the community, too; `gone_since` is of the post itself.
    `handle` is the author's handle as an imported file spelled it, else None. `approximate`: the times were reckoned
    from rounded ages. `reason` is the moderator's, where the post was removed.
    """

    id: PostId
    community: CommunityView
    author: AuthorView
    handle: str | None
    title: str
    url: str | None
    archive_url: str | None
    archive_offered: bool
    html: Html
    text: str
    source: str
    literal: bool
    uri: Uri | None
    nsfw: bool
    locked: bool
    absence: Absence
    reason: str | None
    imported: bool
    approximate: bool
    published: Micros
    updated: Micros | None
    received: Micros
    newest_comment: Micros
    comments: int
    upvotes: int
    downvotes: int
    score: int
    version: int
    gone_since: Micros | None = None


class CommentView(NamedTuple):
    """One comment. Texts are empty where `absence` is not PRESENT; see `PostView`. `depth` is 1 at the top.

    `op`: its author wrote the post. `position` is the place in an imported file, from 0, else None.
    """

    id: CommentId
    parent: CommentId | None
    depth: int
    path: str
    position: int | None
    author: AuthorView
    handle: str | None
    op: bool
    html: Html
    text: str
    source: str
    literal: bool
    uri: Uri | None
    published: Micros
    updated: Micros | None
    received: Micros
    approximate: bool
    child_count: int
    upvotes: int
    downvotes: int
    score: int
    absence: Absence
    reason: str | None
    version: int
    gone_since: Micros | None = None


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A post with all its comments in reading order: parents before children, siblings by `sort`.

    `sorts` are the orders that this thread offers, `SHOWN` only where it was imported. `as_of` is the moment that the
    thread was asked for. Where only a branch was asked for, `root` is the comment that it grows from: then `comments`
    begins with that one and holds nothing but what is below it.
    """

    post: PostView
    comments: tuple[CommentView, ...]
    sort: CommentSort
    sorts: tuple[CommentSort, ...]
    as_of: Micros
    root: CommentId | None = None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """One comment, the post that it belongs to, and what it answers (None: the post itself)."""

    post: PostView
    comment: CommentView
    parent: CommentView | None


@dataclass(frozen=True, slots=True)
class SiteView:
    """Our own settings page, as every page's frame shows it. `set_up` is False before the first SetUpSite."""

    name: str
    description: str
    set_up: bool
    version: int
