"""Which pages should a search engine know of? The young posts of here."""

from folkmoot.db.base import Reader
from folkmoot.model.ids import Micros
from folkmoot.queries import visibility
from folkmoot.queries.list_views import SitemapEntry

YOUNG_DAYS = 31
MOST = 50_000
"""What one sitemap may hold. Source: the protocol at sitemaps.org."""

_DAY_MICROS = 86_400_000_000
_SELECT = f"""
    select r.post_id, r.newest_comment, r.updated
    from post_rank r
    where r.published > :since and r.imported = 0 and r.deleted = 0 and r.removed = 0
        and {visibility.shown_to_guests("r.post_id", local=False)}
        and (select w.uri from post w where w.id = r.post_id) is null
    order by r.published desc, r.post_id desc
    limit :limit
"""


def sitemap_posts(reader: Reader, *, now: Micros, limit: int = MOST) -> list[SitemapEntry]:
    """List the posts of here, written within the last 31 days, that lists show to guests; the newest first.

    Source: what Lemmy's sitemap holds; imported posts are left out, for they are another server's.
    """
    rows = reader.rows(_SELECT, since=now - YOUNG_DAYS * _DAY_MICROS, limit=limit)
    return [SitemapEntry(post, max(newest, updated or newest)) for post, newest, updated in rows]
