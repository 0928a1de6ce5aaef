"""Which posts come first? Lists of posts in every order, a page at a time: their ids, from narrow rows in order."""

from typing import Any, NamedTuple

from folkmoot.db.base import Param, Reader
from folkmoot.model.ids import CommunityId, Micros, PostId
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import Listed
from folkmoot.queries.post_orders import Range, of_community, of_each_community, order_of, walk
from folkmoot.queries.views import Feed, PostSort
from folkmoot.queries.windows import classes_within, window_start

WALKED = 1_000
"""So many ranks are walked in search of posts that a guest is shown."""

_Keys = tuple[Any, ...]


def feed_posts(
    reader: Reader, feed: Feed, *, sort: PostSort, after: str | None, limit: int, now: Micros
) -> Listed[PostId]:
    """List posts over communities, as a guest sees them: none that is gone, none that is NSFW.

    Args:
        reader: one snapshot.
        feed: everybody's, or those of communities at home here.
        sort: the order.
        after: where the page before ended, as its `after` says; None for the first page.
        limit: how many, from 1.
        now: the time of asking: the windows of Top end there.

    Raises:
        Invalid: `bad_cursor`.
    """
    asked = _asked(sort, after, now, within_community=False)
    local = feed is Feed.LOCAL
    params = asked.params | {"limit": limit + 1, "bound": WALKED}
    rows = reader.rows(walk(asked.part, reader.dialect, local=local), **params)
    if len(rows) <= limit:
        rows = reader.rows(of_each_community(asked.part, reader.dialect, local=local), **params) or rows
    rows.sort(reverse=not asked.part.order.rising)
    return _listed(rows, sort, limit)


def community_posts(
    reader: Reader, community: CommunityId, *, sort: PostSort, after: str | None, limit: int, now: Micros
) -> Listed[PostId]:
    """List the posts of one community, NSFW or not; of one that is gone, none. For the arguments see `feed_posts`.

    Raises:
        Invalid: `bad_cursor`.
    """
    asked = _asked(sort, after, now, within_community=True)
    rows = reader.rows(of_community(asked.part, reader.dialect), community=community, limit=limit + 1, **asked.params)
    return _listed(rows, sort, limit)


class _Asked(NamedTuple):
    part: Range
    params: dict[str, Param]


def _asked(sort: PostSort, after: str | None, now: Micros, *, within_community: bool) -> _Asked:
    order = order_of(sort, within_community=within_community)
    params: dict[str, Param] = {}
    classes, start = 0, None
    if order.classes:
        start = window_start(sort, now)
        classes = len(classes_within(start, now))
    if start is not None:
        params["start"] = start
    if after is not None:
        keys = cursor_keys(after, sort.value, count=len(order.columns))
        params |= {f"key{place}": key for place, key in enumerate(keys)}
    return _Asked(Range(order, classes, window=start is not None, later=after is not None), params)


def _listed(rows: list[_Keys], sort: PostSort, limit: int) -> Listed[PostId]:
    if len(rows) <= limit:
        return Listed([row[-1] for row in rows], None)
    del rows[limit:]
    return Listed([row[-1] for row in rows], cursor_text(sort.value, rows[-1]))
