"""Where does the bench's PostgreSQL come from? A server of its own in a folder, durable, started for as long as a run.

Its programs are those of this machine. What is in the folder stays, so that a generated site need not be made again.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.machine import CannotMeasure
from tests.postgres import binaries

_SETTINGS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
log_min_messages = fatal
"""
"""All else is PostgreSQL's own default: it syncs what it commits."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server that runs, reached through a socket in a folder."""

    socket_folder: Path

    def address(self, name: str) -> str:
        """Give a database's address, as settings have it."""
        return f"postgresql://folkmoot@/{name}?host={self.socket_folder}"

    def databases(self) -> set[str]:
        """Give the names of all databases."""
        with self._connected() as connection:
            return {str(name) for (name,) in connection.execute(b"select datname from pg_database").fetchall()}

    def make(self, name: str, *, template: str = "template0") -> str:
        """Make a database, or a copy of one to which nobody is connected; one of that name is dropped. Its address."""
        self.drop(name)
        with self._connected() as connection:
            quick = " strategy file_copy" if connection.info.server_version >= 150_000 else ""
            connection.execute(f"create database {name} template {template}{quick}".encode())
        return self.address(name)

    def rename(self, name: str, new_name: str) -> None:
        """Give a database its last name; vacuum it first, so that no vacuum runs beside what is measured."""
        with self._connected(name) as connection:
            connection.execute(b"vacuum (freeze, analyze)")
        self.drop(new_name)
        with self._connected() as connection:
            connection.execute(f"alter database {name} rename to {new_name}".encode())

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected, where it is there."""
        with self._connected() as connection:
            connection.execute(f"drop database if exists {name} with (force)".encode())

    def checkpoint(self) -> None:
        """Write what is to be written now, not while something is measured."""
        with self._connected() as connection:
            connection.execute(b"checkpoint")

    def _connected(self, name: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.address(name), autocommit=True)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start the server whose data is in this folder; make it where there is none.

    Raises:
        CannotMeasure: this machine has no PostgreSQL server, or it cannot reach the folder.
    """
    programs = binaries()
    if programs is None:
        raise CannotMeasure("no PostgreSQL here: install the server (on Debian: apt-get install postgresql)")
    user = _unprivileged()
    data = folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        _check_way(folder.resolve(), user)
    sockets = Path(tempfile.mkdtemp(prefix="folkmoot-bench-pg-", dir="/tmp"))
    if user is not None:
        shutil.chown(sockets, user)
        shutil.chown(folder, user)
    if not (data / "PG_VERSION").exists():
        _run(user, [programs / "initdb", "-D", data, "-U", "folkmoot", "-A", "trust", "-E", "UTF8", "--locale=C"])
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
    options = f"-c unix_socket_directories={sockets}"
    try:
        _run(user, [programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-o", options, "-l", folder / "log", "start"])
        yield Cluster(sockets)
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):  # it did not start
            _run(user, [programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "-t", "120", "stop"])
        shutil.rmtree(sockets, ignore_errors=True)


def _check_way(folder: Path, user: str) -> None:
    closed = [place for place in folder.parents if not place.stat().st_mode & 0o001]
    if closed:
        raise CannotMeasure(
            f"PostgreSQL's server runs as {user}, who cannot enter {closed[0]}: choose another --folder"
        )


def _run(user: str | None, command: Sequence[str | Path]) -> None:
    subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
        [str(word) for word in command],
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: give the user to become."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
