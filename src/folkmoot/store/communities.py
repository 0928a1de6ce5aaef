"""The tables `community` and `moderator`.

Incoming: posts point here. Outgoing: `posts` and `comments` are kept by the commands that make a post or comment come
or go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, InstanceId, PersonId
from folkmoot.model.permissions import State
from folkmoot.text.html import Html


class CommunityRow(NamedTuple):
    """`active_month`: how many took part within a month, as last counted. Flags are 0 or 1, as columns keep them."""

    id: CommunityId
    nsfw: bool
    deleted: bool
    removed: bool
    active_month: int

    @property
    def gone(self) -> bool:
        return self.deleted or self.removed

    @property
    def state(self) -> State:
        return State(deleted=self.deleted, removed=self.removed)


@dataclass(frozen=True, slots=True)
class NewCommunity:
    id: CommunityId
    instance: InstanceId
    name: str
    title: str
    description: str
    html: Html
    renderer: int
    provisional: bool = False
    nsfw: bool = False


_FIND = "select id, nsfw, deleted, removed, active_month from community where id = :community"


def find(reader: Reader, community: CommunityId) -> CommunityRow | None:
    row = reader.row(_FIND, community=community)
    return None if row is None else community_row(row)


def community_row(row: Sequence[Any]) -> CommunityRow:
    """Make a row of the columns of `find`."""
    return CommunityRow._make(row)


def find_by_name(reader: Reader, instance: InstanceId, name: str) -> CommunityId | None:
    """Find a community whatever the case of the name."""
    found = reader.value(
        "select id from community where instance_id = :instance and name_key = :key",
        instance=instance,
        key=name.casefold(),
    )
    return None if found is None else CommunityId(found)


def insert(tx: Tx, community: NewCommunity) -> bool:
    """Write a new community.

    Returns:
        False where the instance has one of that name already, in whatever case; then nothing was written.
    """
    inserted = tx.run(
        """
        insert into community (id, instance_id, name, name_key, title, description, html, renderer, provisional, nsfw,
            deleted, removed, published, version, posts, comments)
        values (:id, :instance, :name, :key, :title, :description, :html, :renderer, :provisional, :nsfw, 0, 0, :now,
            1, 0, 0)
        on conflict (instance_id, name_key) do nothing
        """,
        id=community.id,
        instance=community.instance,
        name=community.name,
        key=community.name.casefold(),
        title=community.title,
        description=community.description,
        html=community.html,
        renderer=community.renderer,
        provisional=community.provisional,
        nsfw=community.nsfw,
        now=tx.now,
    )
    return inserted == 1


_COUNT = "update community set posts = posts + :posts, comments = comments + :comments where id = :community"
_COUNT_COMMENTS = "update community set comments = comments + :comments where id = :community"


def count(tx: Tx, community: CommunityId, *, posts: int, comments: int = 0) -> None:
    """Add to the counters."""
    tx.run(_COUNT, community=community, posts=posts, comments=comments)


def count_comments(tx: Tx, community: CommunityId, comments: int) -> None:
    """Add to the counter of comments; the one of posts has an index, which is left alone so."""
    tx.run(_COUNT_COMMENTS, community=community, comments=comments)


def appoint(tx: Tx, community: CommunityId, person: PersonId) -> None:
    tx.run(
        "insert into moderator (community_id, person_id, appointed) values (:community, :person, :now)",
        community=community,
        person=person,
        now=tx.now,
    )


def moderators(reader: Reader, community: CommunityId) -> list[PersonId]:
    """Give the moderators, the longest serving first."""
    rows = reader.rows(
        "select person_id from moderator where community_id = :community order by appointed, person_id",
        community=community,
    )
    return [PersonId(row[0]) for row in rows]


def is_moderator(reader: Reader, community: CommunityId, person: PersonId) -> bool:
    found = reader.value(
        "select 1 from moderator where community_id = :community and person_id = :person",
        community=community,
        person=person,
    )
    return found is not None
