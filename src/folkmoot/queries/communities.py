"""Where was it written? The community beside a post."""

from collections.abc import Iterable
from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.ids import HERE, CommunityId
from folkmoot.queries.views import CommunityView
from folkmoot.text.html import Html

_NUMBERS = """c.published, c.updated, c.posts, c.comments, c.instance_id, c.active_day, c.active_week, c.active_month,
    c.active_half_year"""
COLUMNS = f"""c.id, c.name, ci.host, c.title, c.description, c.html, c.uri, c.nsfw, c.deleted, c.removed, {_NUMBERS}"""
"""Of `community c join instance ci`; what `community_view` takes."""
BRIEF = f"""c.id, c.name, ci.host, c.title, '', '', c.uri, c.nsfw, c.deleted, c.removed, {_NUMBERS}"""
"""The same without the long texts, for lists."""
WIDTH = 19
"""How many columns these are."""

_LISTED = f"select {BRIEF} from community c join instance ci on ci.id = c.instance_id where "


def community_view(columns: tuple[Any, ...]) -> CommunityView:
    """Make a view of `COLUMNS` or `BRIEF`."""
    (
        community, name, host, title, description, html, uri, nsfw, deleted, removed, published, updated, posts,
        comments, instance, day, week, month, half_year,
    ) = columns  # fmt: skip
    return CommunityView(
        community,
        name,
        None if instance == HERE else host,
        title,
        description,
        Html(html),
        uri,
        nsfw == 1,
        deleted == 1,
        removed == 1,
        published,
        updated,
        posts,
        comments,
        instance,
        day,
        week,
        month,
        half_year,
    )


def known(reader: Reader, communities: Iterable[CommunityId]) -> dict[CommunityId, CommunityView]:
    """Look up communities, without their long texts."""
    wanted = sorted(set(communities))
    if not wanted:
        return {}
    rows = reader.rows(_LISTED + reader.dialect.among("c.id", "communities"), communities=wanted)
    return {row[0]: community_view(row) for row in rows}
