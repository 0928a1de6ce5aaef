"""Where is somebody about to do something? A thing with its community and who they are there, in one statement.

On PostgreSQL what will change is locked by statements before that one, so that it sees what others did meanwhile.
"""

from typing import Any, NamedTuple

from folkmoot.db.base import Tx
from folkmoot.model.ids import CommentId, Micros, PersonId, PostId
from folkmoot.store.comments import CommentRow, comment_row
from folkmoot.store.communities import CommunityRow, community_row
from folkmoot.store.locks import lock_comment, lock_post
from folkmoot.store.people import PersonRow, person_row
from folkmoot.store.posts import PostRow, post_row


class Someone(NamedTuple):
    """Who asks, in the thing's community.

    Args:
        person: None where there is no such person, or none was named.
        moderator: of this community.
        last_active: when they took part in it last, to the hour.
        vote: on this thing: -1, 0 or 1.
    """

    person: PersonRow | None
    moderator: bool
    last_active: Micros | None
    vote: int


class PostAndWho(NamedTuple):
    post: PostRow
    community: CommunityRow
    someone: Someone


class CommentAndWho(NamedTuple):
    comment: CommentRow
    community: CommunityRow
    someone: Someone


_POST = """
    select r.post_id, r.community_id, r.author_id, r.published, r.updated, r.deleted, r.removed, r.locked, r.gone_since,
        r.erased, r.rank_due, r.nsfw,
        c.id, c.nsfw, c.deleted, c.removed, c.active_month,
        p.id, p.instance_id, p.admin, p.bot, p.deleted, m.person_id, a.last_active, v.value
    from post_rank r cross join community c
    left join person p on p.id = :person
    left join moderator m on m.community_id = r.community_id and m.person_id = :person
    left join participation a on a.community_id = r.community_id and a.person_id = :person
    left join vote v on v.person_id = :person and v.kind = 1 and v.thing_id = r.post_id
    where r.post_id = :post and c.id = r.community_id
"""
_COMMENT = """
    select n.comment_id, n.post_id, n.community_id, n.author_id, n.depth, n.published, n.updated, n.deleted, n.removed,
        n.gone_since, n.erased,
        c.id, c.nsfw, c.deleted, c.removed, c.active_month,
        p.id, p.instance_id, p.admin, p.bot, p.deleted, m.person_id, a.last_active, v.value
    from comment_node n cross join community c
    left join person p on p.id = :person
    left join moderator m on m.community_id = n.community_id and m.person_id = :person
    left join participation a on a.community_id = n.community_id and a.person_id = :person
    left join vote v on v.person_id = :person and v.kind = 2 and v.thing_id = n.comment_id
    where n.comment_id = :comment and c.id = n.community_id
"""


def find_post(tx: Tx, post: PostId, person: PersonId | None, *, counted: bool) -> PostAndWho | None:
    """Find a post to change. With `counted` its community's counters will change, too."""
    lock_post(tx, post, community=counted)
    row = tx.row(_POST, post=post, person=person)
    return None if row is None else PostAndWho(post_row(row[:12]), community_row(row[12:17]), _someone(row[17:]))


def find_comment(tx: Tx, comment: CommentId, person: PersonId | None, *, counted: bool) -> CommentAndWho | None:
    """Find a comment to change, and so its post's tree. With `counted` its community's counters will change, too."""
    lock_comment(tx, comment, community=counted)
    row = tx.row(_COMMENT, comment=comment, person=person)
    return None if row is None else CommentAndWho(comment_row(row[:11]), community_row(row[11:16]), _someone(row[16:]))


def _someone(row: tuple[Any, ...]) -> Someone:
    person = None if row[0] is None else person_row(row[:5])
    return Someone(person, row[5] is not None, row[6], row[7] or 0)
