"""Who wrote this? The people beside what they wrote, all of a page in one statement."""

from collections.abc import Iterable
from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.ids import HERE, CommunityId, PersonId
from folkmoot.queries.views import AuthorView

HOME_KEY = ""
"""`instance.host_key` of this instance."""

_COLUMNS = """p.id, p.name, pi.host, p.display_name, p.uri, p.bot, p.deleted, p.admin, p.provisional, p.published,
    p.updated, p.instance_id"""

WIDTH = 13
"""How many columns `author_view` takes."""


def columns(community: str) -> str:
    """Give what `author_view` takes, of `person p join instance pi`.

    Args:
        community: the column or parameter of the community in which they write.
    """
    moderates = f"exists (select 1 from moderator m where m.community_id = {community} and m.person_id = p.id)"
    return f"{_COLUMNS}, {moderates}"


ALONE = f"{_COLUMNS}, 0"
"""What `author_view` takes, of somebody who stands in no community."""


def author_view(selected: tuple[Any, ...]) -> AuthorView:
    """Make a view of `columns`."""
    (
        person, name, host, display_name, uri, bot, deleted, admin, provisional, published, updated, instance,
        moderator,
    ) = selected  # fmt: skip
    return AuthorView(
        person,
        name,
        None if instance == HERE else host,
        display_name,
        uri,
        bot == 1,
        deleted == 1,
        admin == 1,
        bool(moderator),
        provisional == 1,
        published,
        updated,
        instance,
    )


def authors(reader: Reader, people: Iterable[PersonId], community: CommunityId) -> dict[PersonId, AuthorView]:
    """Look up people as authors in one community."""
    wanted = sorted(set(people))
    if not wanted:
        return {}
    rows = reader.rows(
        f"""
        select {columns(":community")}
        from person p join instance pi on pi.id = p.instance_id
        where {reader.dialect.among("p.id", "people")}
        """,
        people=wanted,
        community=community,
    )
    return {row[0]: author_view(row) for row in rows}


def known(reader: Reader, people: Iterable[PersonId]) -> dict[PersonId, AuthorView]:
    """Look up people who stand in no community: they moderate nothing there."""
    wanted = sorted(set(people))
    if not wanted:
        return {}
    rows = reader.rows(
        f"""
        select {ALONE}
        from person p join instance pi on pi.id = p.instance_id
        where {reader.dialect.among("p.id", "people")}
        """,
        people=wanted,
    )
    return {row[0]: author_view(row) for row in rows}
