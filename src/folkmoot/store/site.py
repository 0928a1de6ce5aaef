"""The table `site`: our own settings page, one row, absent until the site is set up."""

from dataclasses import dataclass

from folkmoot.db.base import Reader, Tx


@dataclass(frozen=True, slots=True)
class SiteRow:
    name: str
    description: str


def find(reader: Reader) -> SiteRow | None:
    row = reader.row("select name, description from site where id = 1")
    return None if row is None else SiteRow(name=row[0], description=row[1])


def insert(tx: Tx, site: SiteRow) -> bool:
    """Write the one row.

    Returns:
        False where it is there already.
    """
    inserted = tx.run(
        """
        insert into site (id, name, description, published, version)
        values (1, :name, :description, :now, 1)
        on conflict (id) do nothing
        """,
        name=site.name,
        description=site.description,
        now=tx.now,
    )
    return inserted == 1


def update(tx: Tx, site: SiteRow) -> None:
    tx.run(
        "update site set name = :name, description = :description, updated = :now, version = version + 1 where id = 1",
        name=site.name,
        description=site.description,
        now=tx.now,
    )
