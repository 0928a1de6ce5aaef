"""How does a database get this release's tables? By numbered files, forward only.

All that are missing are run in one transaction.

A file is named `NNNN_name.sql` and serves both databases. A statement ends with `;` at the end of a line; under a line
`-- only: sqlite` (or `postgresql`) it is for that database alone. `$name` is a token of the dialect.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from folkmoot.db.dialect import Dialect
from folkmoot.db.faults import ForeignDatabase, NewerDatabase

MIGRATIONS = Path(__file__).parent / "migrations"

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_ONLY = re.compile(r"-- only: (sqlite|postgresql)")
_END = re.compile(r";[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the statements that lead from the version before to `number`."""

    number: int
    name: str
    statements: tuple[str, ...]


def migrations(dialect: Dialect, folder: Path = MIGRATIONS) -> list[Migration]:
    """Give all steps of this release, in order.

    Raises:
        ValueError: the files are not numbered 1, 2, 3 …
    """
    files = sorted(folder.glob("*.sql"))
    steps = [_migration(file, dialect) for file in files]
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"migrations are not numbered from 1 without a gap: {[step.name for step in steps]}")
    return steps


def _migration(file: Path, dialect: Dialect) -> Migration:
    name = _NAME.fullmatch(file.name)
    if name is None:
        raise ValueError(f"not the name of a migration: {file.name}")
    return Migration(int(name.group(1)), file.stem, tuple(statements(file.read_text(encoding="utf-8"), dialect)))


def statements(text: str, dialect: Dialect) -> list[str]:
    """Take a migration's text apart, for one database, without its comments."""
    found = []
    for part in _END.split(text):
        only = _ONLY.search(part)
        lines = [line for line in part.splitlines() if line.strip() and not line.lstrip().startswith("--")]
        if lines and (only is None or only.group(1) == dialect.name):
            found.append(Template("\n".join(lines)).substitute(dialect.tokens).rstrip())
    return found


def pending(steps: Sequence[Migration], version: int) -> list[Migration]:
    """Give the steps that a database of this version lacks.

    Raises:
        NewerDatabase: it has steps that this release does not know.
    """
    if version > len(steps):
        raise NewerDatabase(
            f"the database has schema version {version}, this release of Folkmoot knows {len(steps)}: "
            "run the release that migrated it, or restore the copy that was made before"
        )
    return list(steps[version:])


def refuse_foreign(tables: Collection[str]) -> None:
    """Refuse a database that is in use, but not by us.

    Args:
        tables: the names of all there are, before anything of ours is made.

    Raises:
        ForeignDatabase: there are some, without the one that every database of ours has.
    """
    if tables and "schema_version" not in tables:
        raise ForeignDatabase(
            f"this database has tables of another program ({min(tables)}, for one): give Folkmoot one of its own"
        )


VERSION_TABLE = "create table if not exists schema_version (version integer not null)"
