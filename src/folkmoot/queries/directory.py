"""Which communities are there? Those that are not gone, a page at a time."""

from collections.abc import Sequence
from functools import cache

from folkmoot.db.base import Param, Reader
from folkmoot.model.ids import HERE, CommunityId
from folkmoot.queries import communities
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import CommunityList
from folkmoot.queries.views import CommunitySort, CommunityView, Feed

_KEYS = {
    CommunitySort.ACTIVE: "c.active_month",
    CommunitySort.NEW: "c.published",
    CommunitySort.OLD: "c.published",
    CommunitySort.POSTS: "c.posts",
    CommunitySort.NAME: "c.name_key",
}
_RISING = (CommunitySort.OLD, CommunitySort.NAME)
_WIDE = f"select {communities.COLUMNS} from community c join instance ci on ci.id = c.instance_id where "


def communities_list(
    reader: Reader, feed: Feed, *, sort: CommunitySort, after: str | None, limit: int
) -> CommunityList:
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
    shown = rows[:limit]
    found = _views(reader, [row[-1] for row in shown])
    more = cursor_text(sort.value, shown[-1]) if len(rows) > limit else None
    return CommunityList(tuple(found[row[-1]] for row in shown), more, sort, feed)


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


def _views(reader: Reader, found: Sequence[CommunityId]) -> dict[CommunityId, CommunityView]:
    if not found:
        return {}
    rows = reader.rows(_WIDE + reader.dialect.among("c.id", "communities"), communities=found)
    return {row[0]: communities.community_view(row) for row in rows}
