"""Where was it written? The community beside a post."""

from typing import Any, NamedTuple

from folkmoot.model.ids import HERE, CommunityId, InstanceId, Micros, Uri
from folkmoot.queries.views import CommunityView
from folkmoot.text.html import Html

COLUMNS = """c.id, c.name, ci.host, c.title, c.description, c.html, c.uri, c.nsfw, c.deleted, c.removed, c.published,
    c.updated, c.posts, c.comments, c.instance_id"""
"""Of `community c join instance ci`; what `community_view` takes."""
WIDTH = 15
"""How many columns these are."""


class _Row(NamedTuple):
    community: CommunityId
    name: str
    host: str
    title: str
    description: str
    html: str
    uri: Uri | None
    nsfw: int
    deleted: int
    removed: int
    published: Micros
    updated: Micros | None
    posts: int
    comments: int
    instance: InstanceId


def community_view(columns: tuple[Any, ...]) -> CommunityView:
    """Make a view of `COLUMNS`."""
    row = _Row(*columns)
    return CommunityView(
        id=row.community,
        name=row.name,
        host=None if row.instance == HERE else row.host,
        title=row.title,
        description=row.description,
        html=Html(row.html),
        uri=row.uri,
        nsfw=row.nsfw == 1,
        deleted=row.deleted == 1,
        removed=row.removed == 1,
        published=row.published,
        updated=row.updated,
        posts=row.posts,
        comments=row.comments,
        instance=row.instance,
    )
