"""The page cache behind the real server: what clients that hang up leave behind, and what goes over the wire."""

import gzip
import http.client
import socket
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.db.core import open_db
from folkmoot.main import clock
from folkmoot.model.callers import OPERATOR, Caller
from tests.cli.test_serve import serving
from tests.program import PATIENCE_S

_WAITING = "select 1 from pg_locks where not granted"


def thread_of(dsn: str, *, comments: int, body: str = "Word. " * 20) -> int:
    with closing(open_db(dsn, clock=clock, migrate=False)) as db:
        ada = Caller(perform(db, OPERATOR, CreatePerson("ada")))
        post = perform(db, ada, CreatePost(perform(db, ada, CreateCommunity("river", "River")), "A plank"))
        for number in range(comments):
            perform(db, ada, CreateComment(post, None, f"{number}. {body}"))
        return post


def hang_up(address: str, path: str, *, after_bytes: int = 0) -> None:
    """Ask, and do not wait for the answer, or not for all of it."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE_S) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        while after_bytes > 0:
            after_bytes -= len(connection.recv(after_bytes)) or after_bytes


def read(address: str, **headers: str) -> tuple[bytes, str]:
    told = {name.replace("_", "-"): said for name, said in headers.items()}
    asked = urllib.request.Request(address, headers=told)  # noqa: S310 -- the address is our own
    with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 -- the address is our own
        return answer.read(), answer.headers["etag"]


def test_page_of_megabytes_from_kept_parts_arrives_whole_whoever_hangs_up_meanwhile(tmp_path: Path, dsn: str) -> None:
    post = thread_of(dsn, comments=330, body="Water rose. " * 800)
    path = f"/post/{post}?all=1"
    with serving(tmp_path, "--workers", "1", "--database", dsn, "--page-cache", "0") as (process, address):
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_S)
        found: list[tuple[str | None, bytes]] = []
        for method in ("GET", "GET", "HEAD", "GET"):
            connection.request(method, path)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.getheader("transfer-encoding") is None
            assert answer.getheader("content-length") == str(len(found[0][1] if found else body))
            if method == "HEAD":
                assert body == b""
            else:
                found.append((answer.getheader("etag"), body))
            for _ in range(3):
                hang_up(address, path, after_bytes=100_000)
        connection.close()
        process.terminate()
        _, log = process.communicate(timeout=PATIENCE_S)
    assert len(found[0][1]) > 3_000_000
    assert found[0][1].count(b"<li id=c") == 330
    assert len(set(found)) == 1
    assert process.returncode == 0
    assert not any(word in log for word in ("Traceback", "Cancelled", "exception"))


def test_who_hangs_up_leaves_nothing_in_the_log(tmp_path: Path, dsn: str) -> None:
    post = thread_of(dsn, comments=30)
    with serving(tmp_path, "--workers", "1", "--database", dsn) as (process, address):
        for number in range(40):
            hang_up(address, f"/post/{post}?all=1&from={number % 5}")
            hang_up(address, f"/c/river?after={number}")
            hang_up(address, "/")
        plain, tag = read(f"{address}/post/{post}?all=1")
        packed, other_tag = read(f"{address}/post/{post}?all=1", Accept_Encoding="gzip")
        assert gzip.decompress(packed) == plain
        assert tag != other_tag
        process.terminate()
        _, log = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert "Traceback" not in log
    assert "Cancelled" not in log
    assert "exception" not in log


def test_who_hangs_up_just_before_the_end_leaves_nothing_in_the_log_either(tmp_path: Path, postgresql_dsn: str) -> None:
    post = thread_of(postgresql_dsn, comments=1)
    with (
        serving(tmp_path, "--workers", "1", "--database", postgresql_dsn) as (process, address),
        psycopg.connect(postgresql_dsn) as held,
    ):
        held.execute("lock table post in access exclusive mode")  # whoever reads it waits
        for _ in range(3):
            hang_up(address, f"/post/{post}")
        while held.execute(_WAITING).fetchall() == []:
            pass
        process.terminate()
        _, log = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert not any(word in log for word in ("Traceback", "Cancelled", "exception"))
