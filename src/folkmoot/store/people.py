"""The tables `instance` and `person`: who is known here, and the hosts they are known at.

Incoming: posts, comments and votes point here. Outgoing: `post_count` and `comment_count` are kept by the commands
that make a post or comment come or go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import HERE, InstanceId, PersonId


class PersonRow(NamedTuple):
    """Flags are 0 or 1, as columns keep them."""

    id: PersonId
    instance: InstanceId
    admin: bool
    bot: bool
    deleted: bool

    @property
    def local(self) -> bool:
        return self.instance == HERE


@dataclass(frozen=True, slots=True)
class NewPerson:
    instance: InstanceId
    name: str
    display_name: str | None = None
    provisional: bool = False
    admin: bool = False
    bot: bool = False


_FIND = "select id, instance_id, admin, bot, deleted from person where id = :person"


def find(reader: Reader, person: PersonId) -> PersonRow | None:
    row = reader.row(_FIND, person=person)
    return None if row is None else person_row(row)


def person_row(row: Sequence[Any]) -> PersonRow:
    """Make a row of the columns of `find`."""
    return PersonRow._make(row)


def find_by_name(reader: Reader, instance: InstanceId, name: str) -> PersonId | None:
    """Find a person whatever the case of the name."""
    found = reader.value(
        "select id from person where instance_id = :instance and name_key = :key",
        instance=instance,
        key=name.casefold(),
    )
    return None if found is None else PersonId(found)


def insert(tx: Tx, person: NewPerson) -> PersonId | None:
    """Write a new person.

    Returns:
        None where the instance has one of that name already, in whatever case.
    """
    new = PersonId(tx.next_ids("person"))
    inserted = tx.run(
        """
        insert into person (id, instance_id, name, name_key, display_name, provisional, admin, bot, deleted, published,
            version, post_count, comment_count)
        values (:id, :instance, :name, :key, :display_name, :provisional, :admin, :bot, 0, :now, 1, 0, 0)
        on conflict (instance_id, name_key) do nothing
        """,
        id=new,
        instance=person.instance,
        name=person.name,
        key=person.name.casefold(),
        display_name=person.display_name,
        provisional=person.provisional,
        admin=person.admin,
        bot=person.bot,
        now=tx.now,
    )
    return new if inserted == 1 else None


_COUNT_POSTS = "update person set post_count = post_count + :posts where id = :person"
_COUNT_COMMENTS = "update person set comment_count = comment_count + :comments where id = :person"


def count_posts(tx: Tx, person: PersonId, posts: int) -> None:
    """Add to the counter of posts."""
    tx.run(_COUNT_POSTS, person=person, posts=posts)


def count_comments(tx: Tx, person: PersonId, comments: int) -> None:
    """Add to the counter of comments."""
    tx.run(_COUNT_COMMENTS, person=person, comments=comments)


def find_instance(reader: Reader, host: str) -> InstanceId | None:
    found = reader.value("select id from instance where host_key = :key", key=host.casefold())
    return None if found is None else InstanceId(found)


def insert_instance(tx: Tx, host: str) -> InstanceId | None:
    """Write a host met for the first time.

    Returns:
        None where it is known already, in whatever case.
    """
    new = InstanceId(tx.next_ids("instance"))
    inserted = tx.run(
        """
        insert into instance (id, host, host_key, published) values (:id, :host, :key, :now)
        on conflict (host_key) do nothing
        """,
        id=new,
        host=host,
        key=host.casefold(),
        now=tx.now,
    )
    return new if inserted == 1 else None


def admins_by_age(reader: Reader) -> list[PersonId]:
    return [PersonId(row[0]) for row in reader.rows("select id from person where admin = 1 order by published, id")]
