"""The people of many handles at once: found, or written as placeholders, for an import.

Outgoing: none; the counters of the people are added to by the command.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from folkmoot.db.base import Tx, Value
from folkmoot.model.ids import InstanceId, PersonId

AT_ONCE = 5_000

Key = tuple[str, str]
"""Of a handle: host and name, case-folded."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A handle as spelled: name and host."""

    name: str
    host: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody that was asked for, and what of it is new."""

    people: Mapping[Key, PersonId]
    new_instances: Sequence[InstanceId]
    new_people: Sequence[PersonId]


def known(tx: Tx, handles: Mapping[Key, Spelling]) -> Known:
    """Know all these people; the new ones are written as spelled, provisionally.

    Rows are written in the order of their keys, so that two imports of the same people wait for each other, not both.
    """
    hosts = {key[0]: spelling.host for key, spelling in sorted(handles.items(), reverse=True)}
    instances, new_instances = _instances(tx, dict(sorted(hosts.items())))
    wanted: dict[InstanceId, dict[str, Spelling]] = {}
    for (host_key, name_key), spelling in sorted(handles.items()):
        wanted.setdefault(instances[host_key], {})[name_key] = spelling
    people: dict[tuple[InstanceId, str], PersonId] = {}
    for instance in set(wanted).difference(new_instances):
        people.update(_people_of(tx, instance, wanted[instance]))
    missing = [(i, key, s) for i, names in wanted.items() for key, s in names.items() if (i, key) not in people]
    new_people = _insert_people(tx, missing)
    for instance in {instance for instance, _, _ in missing}:
        people.update(_people_of(tx, instance, wanted[instance]))
    by_key = {(host, name): people[instances[host], name] for host, name in handles}
    kept = set(by_key.values())
    return Known(by_key, new_instances, [person for person in new_people if person in kept])


def _instances(tx: Tx, hosts: Mapping[str, str]) -> tuple[dict[str, InstanceId], list[InstanceId]]:
    """Give the instance of each case-folded host, and which of them are new."""
    found = _instances_of(tx, hosts)
    missing = [key for key in hosts if key not in found]
    if not missing:
        return found, []
    first = tx.next_ids("instance", len(missing))
    rows: list[dict[str, Value]] = [
        {"id": first + place, "host": hosts[key], "key": key, "now": tx.now} for place, key in enumerate(missing)
    ]
    tx.run_many(
        """
        insert into instance (id, host, host_key, published) values (:id, :host, :key, :now)
        on conflict (host_key) do nothing
        """,
        rows,
    )
    found = _instances_of(tx, hosts)
    return found, [found[key] for key in missing if first <= found[key] < first + len(missing)]


_INSTANCES = "select host_key, id from instance where "


def _instances_of(tx: Tx, hosts: Iterable[str]) -> dict[str, InstanceId]:
    sql = _INSTANCES + tx.dialect.among("host_key", "keys")
    return {key: InstanceId(found) for part in _parts(hosts) for key, found in tx.rows(sql, keys=part)}


_PEOPLE = "select name_key, id from person where instance_id = :instance and "


def _people_of(tx: Tx, instance: InstanceId, names: Iterable[str]) -> dict[tuple[InstanceId, str], PersonId]:
    sql = _PEOPLE + tx.dialect.among("name_key", "keys")
    rows = (row for part in _parts(names) for row in tx.rows(sql, instance=instance, keys=part))
    return {(instance, key): PersonId(found) for key, found in rows}


def _insert_people(tx: Tx, missing: Sequence[tuple[InstanceId, str, Spelling]]) -> list[PersonId]:
    """Write placeholders, but for those whom another transaction has written meanwhile; give all ids taken."""
    if not missing:
        return []
    first = tx.next_ids("person", len(missing))
    rows: list[dict[str, Value]] = [
        {"id": first + place, "instance": instance, "name": spelling.name, "key": key, "now": tx.now}
        for place, (instance, key, spelling) in enumerate(missing)
    ]
    tx.run_many(
        """
        insert into person (id, instance_id, name, name_key, display_name, provisional, admin, bot, deleted, published,
            version, post_count, comment_count)
        values (:id, :instance, :name, :key, null, 1, 0, 0, 0, :now, 1, 0, 0)
        on conflict (instance_id, name_key) do nothing
        """,
        rows,
    )
    return [PersonId(first + place) for place in range(len(missing))]


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(keys)
    while part := list(islice(waiting, AT_ONCE)):
        yield part
