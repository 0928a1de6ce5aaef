"""Who wrote this? The people beside what they wrote, all of a page in one statement."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import HERE, CommunityId, InstanceId, Micros, PersonId, Uri
from folkmoot.queries.views import AuthorView

_COLUMNS = """p.id, p.name, pi.host, p.display_name, p.uri, p.bot, p.deleted, p.admin, p.provisional, p.published,
    p.updated, p.instance_id"""


def columns(community: str) -> str:
    """Give what `author_view` takes, of `person p join instance pi`.

    Args:
        community: the column or parameter of the community in which they write.
    """
    moderates = f"exists (select 1 from moderator m where m.community_id = {community} and m.person_id = p.id)"
    return f"{_COLUMNS}, {moderates}"


class _Row(NamedTuple):
    person: PersonId
    name: str
    host: str
    display_name: str | None
    uri: Uri | None
    bot: int
    deleted: int
    admin: int
    provisional: int
    published: Micros
    updated: Micros | None
    instance: InstanceId
    moderator: int | bool


def author_view(selected: tuple[Any, ...]) -> AuthorView:
    """Make a view of `columns`."""
    row = _Row(*selected)
    return AuthorView(
        id=row.person,
        name=row.name,
        host=None if row.instance == HERE else row.host,
        display_name=row.display_name,
        uri=row.uri,
        bot=row.bot == 1,
        deleted=row.deleted == 1,
        admin=row.admin == 1,
        moderator=bool(row.moderator),
        provisional=row.provisional == 1,
        published=row.published,
        updated=row.updated,
        instance=row.instance,
    )


def authors(reader: Reader, people: Iterable[PersonId], community: CommunityId) -> dict[PersonId, AuthorView]:
    """Look up people as authors in one community."""
    rows = reader.rows(
        f"""
        select {columns(":community")}
        from person p join instance pi on pi.id = p.instance_id
        where {reader.dialect.among("p.id", "people")}
        """,
        people=sorted(set(people)),
        community=community,
    )
    return {row[0]: author_view(row) for row in rows}
