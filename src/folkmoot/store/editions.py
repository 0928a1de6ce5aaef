"""The table `edition`: what a post or comment said before each edit."""

from folkmoot.db.base import Tx
from folkmoot.model.ids import CommentId, PostId
from folkmoot.store.texts import Kind

_KEEP_POST = """
    insert into edition (kind, thing_id, number, title, url, source, format, html, text, renderer, updated, known_until)
    select 1, p.id, (select count(*) + 1 from edition where kind = 1 and thing_id = p.id), p.title, p.url, p.source,
        p.format, p.html, p.text, p.renderer, r.updated, :now
    from post p join post_rank r on r.post_id = p.id
    where p.id = :thing
"""
_KEEP_COMMENT = """
    insert into edition (kind, thing_id, number, title, url, source, format, html, text, renderer, updated, known_until)
    select 2, c.id, (select count(*) + 1 from edition where kind = 2 and thing_id = c.id), null, null, c.source,
        c.format, c.html, c.text, c.renderer, n.updated, :now
    from comment c join comment_node n on n.comment_id = c.id
    where c.id = :thing
"""


def keep(tx: Tx, kind: Kind, thing: PostId | CommentId) -> None:
    """Keep what the thing says now, before it is changed. The command holds the thing's row."""
    tx.run(_KEEP_POST if kind is Kind.POST else _KEEP_COMMENT, thing=thing, now=tx.now)
