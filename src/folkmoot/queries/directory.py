"""Which communities are there? Those that are not gone, a page at a time."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from folkmoot.db.base import Param, Reader
from folkmoot.model.ids import HERE, CommunityId
from folkmoot.queries import communities
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import CommunityList, Listed
from folkmoot.queries.views import CommunitySort, CommunityView, Feed
from folkmoot.text.html import Html

_KEYS = {
    CommunitySort.ACTIVE: "c.active_month",
    CommunitySort.NEW: "c.published",
    CommunitySort.OLD: "c.published",
    CommunitySort.POSTS: "c.posts",
    CommunitySort.NAME: "c.name_key",
}
_RISING = (CommunitySort.OLD, CommunitySort.NAME)

DirectoryRow = tuple[CommunityId, str, str | None, str, Html, int, int, int]
"""Id; name, host (None for one of here), title, description as HTML; posts, comments, how many took part in a month."""

_ROWS = """
    select c.id, c.name, nullif(ci.host, ''), c.title, c.html, c.posts, c.comments, c.active_month
    from community c join instance ci on ci.id = c.instance_id where
"""
_WIDE = f"select {communities.COLUMNS} from community c join instance ci on ci.id = c.instance_id where "


def communities_listed(
    reader: Reader, feed: Feed, *, sort: CommunitySort, after: str | None, limit: int
) -> Listed[CommunityId]:
    """List communities, as a guest sees them: none that is gone, none that is NSFW.

    Args:
        reader: one snapshot.
        feed: all, or those at home here.
        sort: the order.
        after: where the page before ended, as its `after` says; None for the first page.
        limit: how many, from 1.

    Raises:
        Invalid: `bad_cursor`.
    """
    params: dict[str, Param] = {"limit": limit + 1}
    if after is not None:
        *keys, params["community"] = cursor_keys(after, sort.value, count=1 if sort is CommunitySort.NAME else 2)
        if keys:
            params["key"] = keys[0]
    rows = reader.rows(_statement(feed, sort, later=after is not None), **params)
    more = cursor_text(sort.value, rows[limit - 1]) if len(rows) > limit else None
    return Listed([row[-1] for row in rows[:limit]], more)


def communities_list(
    reader: Reader, feed: Feed, *, sort: CommunitySort, after: str | None, limit: int
) -> CommunityList:
    """List communities with all that is known of them; for the arguments see `communities_listed`.

    Raises:
        Invalid: `bad_cursor`.
    """
    listed = communities_listed(reader, feed, sort=sort, after=after, limit=limit)
    found = community_views(reader, listed.ids)
    return CommunityList(tuple(found[community] for community in listed.ids), listed.after, sort, feed)


def directory_rows(reader: Reader, communities: Sequence[CommunityId]) -> list[DirectoryRow]:
    """Read what the directory shows of communities, in any order."""
    rows: list[Any] = reader.rows(_ROWS + reader.dialect.among("c.id", "communities"), communities=communities)
    return rows


def community_views(reader: Reader, found: Sequence[CommunityId]) -> dict[CommunityId, CommunityView]:
    """Read all that is known of communities."""
    if not found:
        return {}
    rows = reader.rows(_WIDE + reader.dialect.among("c.id", "communities"), communities=found)
    return {row[0]: communities.community_view(row) for row in rows}


@cache
def _statement(feed: Feed, sort: CommunitySort, *, later: bool) -> str:
    """Select the sort's key, but for names, and the id; after those of the page before."""
    key, last = _KEYS[sort], ":key"
    if sort is CommunitySort.NAME:
        last = "(select b.name_key from community b where b.id = :community)"
    way, sign = ("asc", ">") if sort in _RISING else ("desc", "<")
    condition = "c.deleted = 0 and c.removed = 0 and c.nsfw = 0"
    if feed is Feed.LOCAL:
        condition += f" and c.instance_id = {HERE}"
    if later:
        condition += f" and ({key}, c.id) {sign} ({last}, :community)"
    selected = "c.id" if sort is CommunitySort.NAME else f"{key}, c.id"
    return f"select {selected} from community c where {condition} order by {key} {way}, c.id {way} limit :limit"
