"""Where are the generated sites? Kept in a folder and made where they are missing; what is measured are copies."""

import contextlib
import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.postgresql_cluster import Cluster, cluster
from bench.servers import ROOT
from folkmoot import main
from folkmoot.db import writer
from folkmoot.db.sqlite_files import connected
from folkmoot.demo.generator import seed_size
from folkmoot.demo.generator_shape import Size

DATABASES = ("sqlite", "postgresql")
_FRESH_MICROS = 2 * 24 * 3600 * 1_000_000
"""A site that was generated longer ago has no newest days any more."""
_MADE_BY = ("demo/generator*.py", "demo/sentences.toml", "store/bulk.py", "model/ranking.py", "db/migrations/*")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which generated site: its size and database, and where such sites are kept."""

    size: Size
    database: str
    kept: Path

    @property
    def name(self) -> str:
        return f"{self.size.name}-{_generator()}".lower()

    @property
    def _stamp(self) -> Path:
        """On PostgreSQL, a file that says when the site was made; on SQLite the site itself."""
        return self.kept / f"{self.name}.{'db' if self.database == 'sqlite' else 'postgresql'}"

    @property
    def file(self) -> Path:
        return self._stamp

    def is_fresh(self) -> bool:
        stamp = self._stamp
        return stamp.exists() and main.clock() - stamp.stat().st_mtime_ns // 1000 < _FRESH_MICROS


class Site(Protocol):
    """A generated site, where it is kept, and a way to copies of it."""

    dsn: str

    def copied(self, name: str) -> str:
        """Give the address of a fresh copy that may be written to."""
        ...


@contextlib.contextmanager
def generated(wanted: Wanted, scratch: Path, progress: Progress) -> Iterator[Site]:
    """Give a generated site: the kept one, where it is young and of this generator, else a new one.

    Args:
        wanted: which one, and where it is kept.
        scratch: where copies go; the caller removes it.
        progress: told a line now and then, while one is made.
    """
    logging.getLogger(writer.__name__).setLevel(logging.ERROR)  # that generating holds the lock for long is meant
    wanted.kept.mkdir(parents=True, exist_ok=True)
    if wanted.database == "sqlite":
        if not wanted.is_fresh():
            _make_file(wanted, progress)
        yield _File(wanted.file, scratch)
    else:
        with cluster(wanted.kept / "postgresql") as running:
            if not (wanted.is_fresh() and _database_name(wanted) in running.databases()):
                _make_database(wanted, running, progress)
            site = _Database(_database_name(wanted), running)
            yield site
            site.drop_copies()


def _make_file(wanted: Wanted, progress: Progress) -> None:
    unfinished = wanted.file.with_suffix(".unfinished")
    for ending in ("", "-wal", "-shm", ".lock"):
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    seed_size(str(unfinished), wanted.size, now=main.clock(), progress=progress)
    with closing(connected(unfinished, cache_bytes=1024 * 1024)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    unfinished.rename(wanted.file)
    unfinished.with_name(unfinished.name + ".lock").unlink(missing_ok=True)


def _make_database(wanted: Wanted, running: Cluster, progress: Progress) -> None:
    seed_size(running.make("unfinished"), wanted.size, now=main.clock(), progress=progress)
    running.rename("unfinished", _database_name(wanted))
    wanted.file.touch()


def _database_name(wanted: Wanted) -> str:
    return f"site_{wanted.name.replace('-', '_')}"


class _File:
    """On SQLite: a file."""

    def __init__(self, file: Path, scratch: Path) -> None:
        self.dsn = str(file)
        self._scratch = scratch

    def copied(self, name: str) -> str:
        copy = self._scratch / f"{name}.db"
        for ending in ("-wal", "-shm", ".lock"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
        return str(shutil.copy(self.dsn, copy))


class _Database:
    """On PostgreSQL: a database of the bench's own server."""

    def __init__(self, name: str, running: Cluster) -> None:
        self.dsn = running.address(name)
        self._name = name
        self._running = running
        self._copies: set[str] = set()

    def copied(self, name: str) -> str:
        self._copies.add(f"copy_{name}")
        address = self._running.make(f"copy_{name}", template=self._name)
        self._running.checkpoint()
        return address

    def drop_copies(self) -> None:
        for name in self._copies:
            self._running.drop(name)


def _generator() -> str:
    """Give a digest of all that a generated site depends on: what another one made is another site."""
    seen = hashlib.sha256()
    for pattern in _MADE_BY:
        for part in sorted((ROOT / "src/folkmoot").glob(pattern)):
            seen.update(part.read_bytes())
    return seen.hexdigest()[:12]
