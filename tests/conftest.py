"""What every test may ask for: a fresh database of either kind, and a clock that is set."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from folkmoot.db.core import Db, migrate_database, open_db
from folkmoot.model.ids import Micros
from tests import postgres

pytest_plugins = ["tests.world"]
NOON = Micros(1_780_000_000_000_000)


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> Micros:
        return self.now

    def forward(self, *, seconds: float = 0, days: float = 0) -> None:
        self.now = Micros(self.now + round((seconds + days * 86_400) * 1_000_000))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with this release's tables, to copy."""
    path = tmp_path_factory.mktemp("template") / "folkmoot.db"
    migrate_database(str(path))
    return path


@pytest.fixture(scope="session")
def migrated_server() -> Iterator[str]:
    """Give a PostgreSQL database with this release's tables, to copy. Without a server its tests are skipped."""
    try:
        postgres.server()
    except postgres.NoPostgresql as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    address = postgres.made_database()
    migrate_database(address)
    yield address
    postgres.dropped_database(address)


@pytest.fixture
def sqlite_dsn(migrated_file: Path, tmp_path: Path) -> str:
    """Give a fresh SQLite file."""
    return str(shutil.copy(migrated_file, tmp_path / "folkmoot.db"))


@pytest.fixture
def postgresql_dsn(migrated_server: str) -> Iterator[str]:
    """Give a fresh PostgreSQL database."""
    address = postgres.made_database(migrated_server)
    yield address
    postgres.dropped_database(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def dsn(request: pytest.FixtureRequest) -> str:
    """Give the address of a fresh, migrated database: each test runs once on each kind."""
    address = request.getfixturevalue(f"{request.param}_dsn")
    assert isinstance(address, str)
    return address


@pytest.fixture
def db(dsn: str, clock: SetClock) -> Iterator[Db]:
    """Give an open, fresh database: each test runs once on each kind."""
    opened = open_db(dsn, clock=clock, migrate=False)
    yield opened
    opened.close()
