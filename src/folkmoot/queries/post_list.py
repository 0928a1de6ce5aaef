"""Which posts come first? Lists of posts in every order, a page at a time: narrow rows in order, then the wide ones."""

from folkmoot.db.base import Param, Reader
from folkmoot.model.ids import CommunityId, Micros
from folkmoot.queries import visibility
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import PostList
from folkmoot.queries.post_lines import post_lines
from folkmoot.queries.views import Feed, PostSort


def feed_posts(reader: Reader, feed: Feed, *, sort: PostSort, after: str | None, limit: int, now: Micros) -> PostList:  # noqa: ARG001 -- Top comes with the next commit
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
    condition = visibility.shown_to_guests("r", local=feed is Feed.LOCAL)
    return _page(reader, condition, {}, sort=sort, after=after, limit=limit)


def community_posts(
    reader: Reader,
    community: CommunityId,
    *,
    sort: PostSort,
    after: str | None,
    limit: int,
    now: Micros,  # noqa: ARG001 -- as above
) -> PostList:
    """List the posts of one community, NSFW or not; of one that is gone, none. For the arguments see `feed_posts`.

    Raises:
        Invalid: `bad_cursor`.
    """
    condition = f"{visibility.listed('r')} and r.community_id = :community"
    return _page(reader, condition, {"community": community}, sort=sort, after=after, limit=limit)


def _page(
    reader: Reader, condition: str, params: dict[str, Param], *, sort: PostSort, after: str | None, limit: int
) -> PostList:
    if after is not None:
        published, post = cursor_keys(after, sort.value, count=2)
        condition += " and (r.published, r.post_id) < (:published, :post)"
        params |= {"published": published, "post": post}
    keys = reader.rows(
        f"""
        select r.published, r.post_id from post_rank r where {condition}
        order by r.published desc, r.post_id desc limit :limit
        """,
        limit=limit + 1,
        **params,
    )
    shown = keys[:limit]
    lines = post_lines(reader, [row[1] for row in shown])
    more = len(keys) > limit
    return PostList(tuple(lines[row[1]] for row in shown), cursor_text(sort.value, shown[-1]) if more else None, sort)
