"""The people of many handles at once: found, or written as placeholders, for an import.

Outgoing: `post_count` and `comment_count` of each, with what the import brings.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from folkmoot.db.base import Tx, Value
from folkmoot.model.ids import InstanceId, PersonId

AT_ONCE = 5_000

Key = tuple[str, str]
"""Of a handle: host and name, case-folded."""
Ids = range
"""Ids that were taken for new rows, one after the other."""


@dataclass(slots=True)
class Author:
    """A handle as first spelled, and how much the import brings of that person's."""

    name: str
    host: str
    posts: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody that was asked for, and what of it is new."""

    people: Mapping[Key, PersonId]
    new_instances: Ids
    new_people: Ids


@dataclass(frozen=True, slots=True)
class _Missing:
    instance: InstanceId
    key: Key
    author: Author


def credit(tx: Tx, authors: Mapping[Key, Author]) -> Known:
    """Know all these people and count what they wrote; the new ones are written as spelled, provisionally.

    Rows are written in the order of their keys, so that two imports of the same people wait for each other, not both.
    """
    hosts: dict[str, str] = {}
    for key, author in authors.items():
        hosts.setdefault(key[0], author.host)
    instances, new_instances = _instances(tx, hosts)
    names: dict[str, list[str]] = {}
    for host_key, name_key in sorted(authors):
        names.setdefault(host_key, []).append(name_key)
    known: dict[Key, PersonId] = {}
    for host_key, wanted in names.items():
        if instances[host_key] not in new_instances:
            known |= _people_of(tx, instances[host_key], host_key, wanted)
    missing = [_Missing(instances[key[0]], key, authors[key]) for key in sorted(authors) if key not in known]
    _add(tx, {known[key]: author for key, author in authors.items() if key in known})
    new_people = _insert(tx, missing)
    written = dict(zip((each.key for each in missing), map(PersonId, new_people), strict=True))
    known |= written | _written(tx, [each for each in missing if each.instance not in new_instances])
    return Known(known, new_instances, new_people)


def _instances(tx: Tx, hosts: Mapping[str, str]) -> tuple[dict[str, InstanceId], Ids]:
    """Give the instance of each case-folded host, and the ids of new ones."""
    found = _instances_of(tx, hosts)
    missing = sorted(key for key in hosts if key not in found)
    if not missing:
        return found, range(0)
    new = _next(tx, "instance", len(missing))
    rows: list[dict[str, Value]] = [
        {"id": instance, "host": hosts[key], "key": key, "now": tx.now}
        for instance, key in zip(new, missing, strict=True)
    ]
    tx.run_many(
        """
        insert into instance (id, host, host_key, published) values (:id, :host, :key, :now)
        on conflict (host_key) do nothing
        """,
        rows,
    )
    return _instances_of(tx, hosts), new


_INSTANCES = "select host_key, id from instance where "


def _instances_of(tx: Tx, hosts: Iterable[str]) -> dict[str, InstanceId]:
    sql = _INSTANCES + tx.dialect.among("host_key", "keys")
    return {key: InstanceId(found) for part in _parts(hosts) for key, found in tx.rows(sql, keys=part)}


_PEOPLE = "select name_key, id from person where instance_id = :instance and "


def _people_of(tx: Tx, instance: InstanceId, host_key: str, names: Iterable[str]) -> dict[Key, PersonId]:
    sql = _PEOPLE + tx.dialect.among("name_key", "keys")
    rows = (row for part in _parts(names) for row in tx.rows(sql, instance=instance, keys=part))
    return {(host_key, name_key): PersonId(found) for name_key, found in rows}


def _add(tx: Tx, authors: Mapping[PersonId, Author]) -> None:
    tx.run_many(
        """
        update person set post_count = post_count + :posts, comment_count = comment_count + :comments
        where id = :person
        """,
        (
            {"person": person, "posts": author.posts, "comments": author.comments}
            for person, author in sorted(authors.items(), key=lambda each: each[0])
        ),
    )


def _insert(tx: Tx, missing: list[_Missing]) -> Ids:
    """Write placeholders. One whom another transaction has written since we looked is added to instead."""
    if not missing:
        return range(0)
    new = _next(tx, "person", len(missing))
    rows: list[dict[str, Value]] = [
        {
            "id": person,
            "instance": each.instance,
            "name": each.author.name,
            "key": each.key[1],
            "posts": each.author.posts,
            "comments": each.author.comments,
            "now": tx.now,
        }
        for person, each in zip(new, missing, strict=True)
    ]
    tx.run_many(
        """
        insert into person (id, instance_id, name, name_key, display_name, provisional, admin, bot, deleted, published,
            version, post_count, comment_count)
        values (:id, :instance, :name, :key, null, 1, 0, 0, 0, :now, 1, :posts, :comments)
        on conflict (instance_id, name_key) do update set
            post_count = person.post_count + excluded.post_count,
            comment_count = person.comment_count + excluded.comment_count
        """,
        rows,
    )
    return new


def _written(tx: Tx, missing: list[_Missing]) -> dict[Key, PersonId]:
    """Who stands there now? Only on an instance that others know too can somebody have been quicker."""
    names: dict[tuple[InstanceId, str], list[str]] = {}
    for each in missing:
        names.setdefault((each.instance, each.key[0]), []).append(each.key[1])
    people: dict[Key, PersonId] = {}
    for (instance, host_key), wanted in names.items():
        people |= _people_of(tx, instance, host_key, wanted)
    return people


def _next(tx: Tx, kind: str, count: int) -> Ids:
    first = tx.next_ids(kind, count)
    return range(first, first + count)


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(keys)
    while part := list(islice(waiting, AT_ONCE)):
        yield part
