"""The tables `community` and `moderator`.

Incoming: posts point here. Outgoing: `posts` and `comments` are kept by the commands that make a post or comment come
or go.
"""

from dataclasses import dataclass

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, InstanceId, PersonId
from folkmoot.model.permissions import State
from folkmoot.store.locks import row_lock
from folkmoot.text.html import Html


@dataclass(frozen=True, slots=True)
class CommunityRow:
    id: CommunityId
    instance: InstanceId
    nsfw: bool
    deleted: bool
    removed: bool

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


_FIND = "select id, instance_id, nsfw, deleted, removed from community where id = :community"


def find(tx: Reader, community: CommunityId, *, lock: bool = False) -> CommunityRow | None:
    row = tx.row(_FIND + (row_lock(tx) if lock else ""), community=community)
    if row is None:
        return None
    return CommunityRow(
        id=CommunityId(row[0]),
        instance=InstanceId(row[1]),
        nsfw=row[2] == 1,
        deleted=row[3] == 1,
        removed=row[4] == 1,
    )


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


def count(tx: Tx, community: CommunityId, *, posts: int = 0, comments: int = 0) -> None:
    """Add to the counters."""
    tx.run(
        "update community set posts = posts + :posts, comments = comments + :comments where id = :community",
        community=community,
        posts=posts,
        comments=comments,
    )


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
