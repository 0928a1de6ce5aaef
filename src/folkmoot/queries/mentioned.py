"""Who is behind the handles that a text names? Those people that are known here, in one statement."""

from collections.abc import Sequence

from folkmoot.db.base import Reader
from folkmoot.model.ids import HERE, Uri

_KNOWN = """
    select i.host_key, p.name_key, p.name, p.uri, p.instance_id
    from instance i cross join person p
    where p.instance_id = i.id and p.deleted = 0 and
"""


def known_people(
    reader: Reader, handles: Sequence[tuple[str, str]], *, our_host: str
) -> dict[tuple[str, str], tuple[str, Uri | None]]:
    """Look up people by handle.

    Args:
        reader: one snapshot.
        handles: name and host of each, in whatever case.
        our_host: the host that means this instance.

    Returns:
        For each handle, as it was given, of somebody who has an identifier: the name as it is kept, and the uri, None
        for people of here. Somebody who is known by handle only is left out.
    """
    keys = {handle: (handle[1].casefold(), handle[0].casefold()) for handle in handles}
    if not keys:
        return {}
    ours = our_host.casefold()
    hosts = sorted({"" if host == ours else host for host, _ in keys.values()})
    names = sorted({name for _, name in keys.values()})
    among = reader.dialect.among
    sql = f"{_KNOWN} {among('i.host_key', 'hosts')} and {among('p.name_key', 'names')}"
    found = {
        (ours if instance == HERE else host, key): (name, uri)
        for host, key, name, uri, instance in reader.rows(sql, hosts=hosts, names=names)
        if instance == HERE or uri is not None
    }
    return {handle: found[key] for handle, key in keys.items() if key in found}
