"""Where do tests find a PostgreSQL server? At the address they are told, or from the binaries on this machine.

`FOLKMOOT_TEST_POSTGRESQL` names a server on which databases may be made (`postgresql://…/postgres`). Without it a
private cluster is started in a temporary folder, on a socket in that folder, and is gone when the tests are.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

SERVER_VARIABLE = "FOLKMOOT_TEST_POSTGRESQL"
_SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 64MB
autovacuum = off
log_min_messages = fatal
fsync = off
synchronous_commit = off
full_page_writes = off
"""
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
_numbers = count(1)


class NoPostgresql(Exception):
    """There is neither an address nor a server program."""


def binaries() -> Path | None:
    """Give the folder of the newest `initdb`, `postgres` and `pg_ctl` on this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found is not None:
        folders.append(Path(found).resolve().parent)
    whole = [folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres", "pg_ctl"))]
    return whole[-1] if whole else None


@cache
def server() -> str:
    """Give the address of a server, started on the first call.

    Raises:
        NoPostgresql: there is none, and none can be started.
    """
    told = os.environ.get(SERVER_VARIABLE)
    if told:
        return told
    programs = binaries()
    if programs is None:
        raise NoPostgresql(f"no PostgreSQL: set {SERVER_VARIABLE}, or install the server (apt-get install postgresql)")
    return _started(programs)


def _started(programs: Path) -> str:
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-pg-", dir="/tmp"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    _run(user, [programs / "initdb", "-D", data, "-U", "folkmoot", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"{_SETTINGS}unix_socket_directories = '{folder}'\n")
    atexit.register(_stopped, programs, folder, user)
    _run(user, [programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "start"])
    return make_conninfo("", host=str(folder), user="folkmoot", dbname="postgres")


def _stopped(programs: Path, folder: Path, user: str | None) -> None:
    _run(user, [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


def _run(user: str | None, command: Sequence[str | Path]) -> None:
    subprocess.run(
        [str(word) for word in command],
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: give the user to become."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def made_database(template: str | None = None) -> str:
    """Make a fresh database and give its address, as `open_db` takes it.

    Args:
        template: the address of one to copy; nobody may be connected to it.
    """
    name = f"folkmoot_{os.getpid()}_{next(_numbers)}"
    copied = "template0" if template is None else conninfo_to_dict(template)["dbname"]
    with psycopg.connect(server(), autocommit=True) as connection:
        quick = " strategy file_copy" if connection.info.server_version >= 150_000 else ""
        connection.execute(f"create database {name} template {copied}{quick}".encode())
    return _address(name)


def made_durable() -> None:
    """Let the server sync what it commits, as tests need not and measurements must."""
    with psycopg.connect(server(), autocommit=True) as connection:
        for setting in _DURABLE:
            connection.execute(f"alter system set {setting} = on".encode())
        connection.execute("select pg_reload_conf()")


def dropped_database(address: str) -> None:
    """Drop what `made_database` made, whoever is connected."""
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"drop database if exists {conninfo_to_dict(address)['dbname']} with (force)".encode())


def _address(name: str) -> str:
    """Write an address as a URL, because that is what settings have."""
    parts = conninfo_to_dict(server())
    host, port = str(parts.get("host", "")), parts.get("port")
    password = f":{parts['password']}" if parts.get("password") else ""
    socket = host.startswith("/")
    place = "" if socket else host + (f":{port}" if port else "")
    query = f"?host={host}" + (f"&port={port}" if port else "") if socket else ""
    return f"postgresql://{parts.get('user', '')}{password}@{place}/{name}{query}"
