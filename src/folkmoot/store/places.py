"""Where is somebody about to do something? A thing with its community and who they are there, in one statement.

On PostgreSQL what will change is locked by statements before that one, so that it sees what others did meanwhile.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from folkmoot.db.base import Tx
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId
from folkmoot.store.comments import CommentRow, comment_row
from folkmoot.store.communities import CommunityRow, community_row
from folkmoot.store.locks import lock_comment, lock_community, lock_post
from folkmoot.store.people import PersonRow, person_row
from folkmoot.store.posts import PostRow, post_row
from folkmoot.store.texts import Kind


class Asked(Enum):
    """What is asked about somebody, besides who they are? What is not would be read for nothing."""

    NOTHING = "nothing"
    """They change what is their own."""
    WRITING = "writing"
    """Whether they moderate, and when they took part last."""
    VOTING = "voting"
    """When they took part last, and their vote."""
    MODERATING = "moderating"
    """Whether they moderate."""
    RANKING = "ranking"
    """Whether they moderate, and whether the thing's author is of those who may stand above them."""


class Someone(NamedTuple):
    """Who asks, in the thing's community.

    Args:
        person: None where there is no such person, or none was named.
        moderator: of this community; False where it was not asked.
        last_active: when they took part in it last, to the hour; None where it was not asked.
        vote: on this thing: -1, 0 or 1; 0 where it was not asked.
        of_a_peer: whether the thing's author is an admin or moderates this community; False where it was not asked.
    """

    person: PersonRow | None
    moderator: bool
    last_active: Micros | None
    vote: int
    of_a_peer: bool


class CommunityAndWho(NamedTuple):
    community: CommunityRow
    someone: Someone


class PostAndWho(NamedTuple):
    post: PostRow
    community: CommunityRow
    someone: Someone


class CommentAndWho(NamedTuple):
    comment: CommentRow
    community: CommunityRow
    someone: Someone


_COMMUNITY = """
    select c.id, c.nsfw, c.deleted, c.removed, c.active_month, p.id, p.instance_id, p.admin, p.bot, p.deleted,
        null, a.last_active, null, null
    from community c left join person p on p.id = :person
    left join participation a on a.community_id = c.id and a.person_id = :person
    where c.id = :community
"""

_MODERATOR = "left join moderator m on m.community_id = t.community_id and m.person_id = :person "
_PART_TAKEN = "left join participation a on a.community_id = t.community_id and a.person_id = :person "
_VOTE = "left join vote v on v.person_id = :person and v.kind = $kind and v.thing_id = t.$id "
_PEER = """
    left join person w on w.id = t.author_id
    left join moderator k on k.community_id = t.community_id and k.person_id = t.author_id
"""
_ASKED: Mapping[Asked, tuple[str, str]] = {
    Asked.NOTHING: ("null, null, null, null", ""),
    Asked.WRITING: ("m.person_id, a.last_active, null, null", _MODERATOR + _PART_TAKEN),
    Asked.VOTING: ("null, a.last_active, v.value, null", _PART_TAKEN + _VOTE),
    Asked.MODERATING: ("m.person_id, null, null, null", _MODERATOR),
    Asked.RANKING: (
        "m.person_id, null, null, case when w.admin = 1 or k.person_id is not null then 1 end",
        _MODERATOR + _PEER,
    ),
}
"""Of each question: moderator, last activity, vote and peer, and the tables that know them."""


def _by_question(kind: Kind, key: str, sql: str) -> dict[Asked, str]:
    return {
        asked: sql.replace("$asked", columns)
        .replace("$joined", joined)
        .replace("$kind", str(int(kind)))
        .replace("$id", key)
        for asked, (columns, joined) in _ASKED.items()
    }


_POSTS = _by_question(
    Kind.POST,
    "post_id",
    """
    select t.post_id, t.community_id, t.author_id, t.published, t.updated, t.deleted, t.removed, t.locked, t.gone_since,
        t.erased, t.rank_due, t.nsfw,
        c.id, c.nsfw, c.deleted, c.removed, c.active_month, p.id, p.instance_id, p.admin, p.bot, p.deleted, $asked
    from post_rank t cross join community c left join person p on p.id = :person $joined
    where t.post_id = :post and c.id = t.community_id
""",
)
_COMMENTS = _by_question(
    Kind.COMMENT,
    "comment_id",
    """
    select t.comment_id, t.post_id, t.community_id, t.author_id, t.depth, t.published, t.updated, t.deleted, t.removed,
        t.gone_since, t.erased,
        c.id, c.nsfw, c.deleted, c.removed, c.active_month, p.id, p.instance_id, p.admin, p.bot, p.deleted, $asked
    from comment_node t cross join community c left join person p on p.id = :person $joined
    where t.comment_id = :comment and c.id = t.community_id
""",
)


def find_post(tx: Tx, post: PostId, person: PersonId | None, asked: Asked, *, counted: bool) -> PostAndWho | None:
    """Find a post to change. With `counted` its community's counters will change, too."""
    lock_post(tx, post, community=counted)
    row = tx.row(_POSTS[asked], post=post, person=person)
    return None if row is None else PostAndWho(post_row(row[:12]), community_row(row[12:17]), _someone(row[17:]))


def find_comment(
    tx: Tx, comment: CommentId, person: PersonId | None, asked: Asked, *, counted: bool
) -> CommentAndWho | None:
    """Find a comment to change, and so its post's tree. With `counted` its community's counters will change, too."""
    lock_comment(tx, comment, community=counted)
    row = tx.row(_COMMENTS[asked], comment=comment, person=person)
    return None if row is None else CommentAndWho(comment_row(row[:11]), community_row(row[11:16]), _someone(row[16:]))


def find_community(tx: Tx, community: CommunityId, person: PersonId) -> CommunityAndWho | None:
    """Find a community to write a post in, which changes its counters."""
    lock_community(tx, community)
    row = tx.row(_COMMUNITY, community=community, person=person)
    return None if row is None else CommunityAndWho(community_row(row[:5]), _someone(row[5:]))


def _someone(row: tuple[Any, ...]) -> Someone:
    person = None if row[0] is None else person_row(row[:5])
    return Someone(person, row[5] is not None, row[6], row[7] or 0, row[8] is not None)
