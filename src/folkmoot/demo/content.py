"""What does the sample site hold? `content.toml`, read into typed values."""

from importlib.resources import files

import msgspec


class SiteContent(msgspec.Struct, frozen=True):
    """The site's own words."""

    name: str
    description: str


class PersonContent(msgspec.Struct, frozen=True):
    """A person of this instance, who joined so many days ago."""

    name: str
    display_name: str | None = None
    admin: bool = False
    bot: bool = False
    joined: int = 210


class RemoteContent(msgspec.Struct, frozen=True):
    """A person of another instance."""

    handle: str


class CommunityContent(msgspec.Struct, frozen=True):
    """A community of this instance; `by` makes it."""

    name: str
    title: str
    by: str
    description: str


class CommentContent(msgspec.Struct, frozen=True, kw_only=True):
    """A comment. `ago` and `edited_ago` are in minutes; `under` is the `key` of the comment that it answers.

    `first_body` is what it said before it was edited; `removed` is the moderator's reason.
    """

    by: str
    ago: int
    body: str
    key: str | None = None
    under: str | None = None
    first_body: str | None = None
    edited_ago: int | None = None
    deleted: bool = False
    removed: str | None = None


class PostContent(msgspec.Struct, frozen=True, kw_only=True):
    """A post with its comments, parents before children."""

    community: str
    by: str
    ago: int
    title: str
    url: str | None = None
    body: str = ""
    locked: bool = False
    comment: list[CommentContent] = []


class Content(msgspec.Struct, frozen=True):
    """The whole sample site."""

    site: SiteContent
    person: list[PersonContent]
    remote: list[RemoteContent]
    community: list[CommunityContent]
    post: list[PostContent]


def content() -> Content:
    """Read the sample site from the package."""
    return msgspec.toml.decode(files("folkmoot.demo").joinpath("content.toml").read_bytes(), type=Content)
