"""What is this community, and what is said in it?"""

from folkmoot.db.base import Reader
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, CommunityId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import CommunityPage, Listed

_FIND = f"""
    select {communities.COLUMNS} from instance ci join community c on c.instance_id = ci.id
    where ci.host_key = :host and c.name_key = :name
"""
_MODERATORS = f"""
    select {people.columns("m.community_id")}
    from moderator m
    join person p on p.id = m.person_id
    join instance pi on pi.id = p.instance_id
    where m.community_id = :community order by m.appointed, m.person_id
"""
_COMMENTS = f"""
    select n.published, n.comment_id from comment_node n
    where n.community_id = :community and n.deleted = 0 and n.removed = 0
        and {visibility.community_is_there(":community")}
"""
_BEYOND = " and (n.published, n.comment_id) < (:published, :comment)"
_ORDER = " order by n.published desc, n.comment_id desc limit :limit"


def find_community(reader: Reader, name: str, host: str | None) -> CommunityPage:
    """Look up a community, whatever the case of its name; one that is gone, too.

    Args:
        reader: one snapshot.
        name: without the host.
        host: None for one of here.

    Raises:
        NotFound: `couldnt_find_community`.
    """
    row = reader.row(_FIND, name=name.casefold(), host=people.HOME_KEY if host is None else host.casefold())
    if row is None:
        raise NotFound("couldnt_find_community")
    community = communities.community_view(row)
    moderators = reader.rows(_MODERATORS, community=community.id)
    return CommunityPage(community, tuple(people.author_view(found) for found in moderators))


def community_comments(reader: Reader, community: CommunityId, *, after: str | None, limit: int) -> Listed[CommentId]:
    """List the comments of one community, the newest first; of one that is gone, none.

    Raises:
        Invalid: `bad_cursor`.
    """
    if after is None:
        keys = reader.rows(_COMMENTS + _ORDER, community=community, limit=limit + 1)
    else:
        published, comment = cursor_keys(after, "new", count=2)
        keys = reader.rows(
            _COMMENTS + _BEYOND + _ORDER, community=community, published=published, comment=comment, limit=limit + 1
        )
    after = cursor_text("new", keys[limit - 1]) if len(keys) > limit else None
    return Listed([row[1] for row in keys[:limit]], after)
