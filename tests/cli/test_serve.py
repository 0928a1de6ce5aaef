"""`folkmoot serve`, as a process: from nothing to a page, and away again."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.program import PATIENCE_S, run, started


@contextmanager
def serving(home: Path, *options: str, **variables: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Give a serving process and the address that it printed."""
    command = [sys.executable, "-m", "folkmoot", "serve", "--listen", "127.0.0.1:0", *options]
    with started(command, home, **variables) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Folkmoot serves http://localhost:"), line + process.communicate()[1]
        yield process, line.split()[-1]


def status(address: str) -> int:
    with urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:  # noqa: S310 -- the address is our own
        return int(answer.status)


def children(process: "subprocess.Popen[str]") -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def test_serves_without_configuration(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        assert status(f"{address}/") == 200
        assert status(f"{address}/healthz") == 200
        data = tmp_path / ".local/share/folkmoot"
        assert (data / "folkmoot.db").exists()
        assert data.stat().st_mode & 0o077 == 0
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, log


def test_serves_on_postgresql(tmp_path: Path, postgresql_dsn: str) -> None:
    with serving(tmp_path, "--database", postgresql_dsn) as (_, address):
        assert status(f"{address}/healthz") == 200
        assert not list(tmp_path.rglob("*.db"))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the children in /proc")
def test_killed_processes_are_started_again(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "3") as (process, address):
        before = children(process)
        assert len(before) == 4
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        # Each socket is kept by the parent: whoever connects now waits for the new process instead of being refused.
        assert {status(f"{address}/healthz") for _ in range(20)} == {200}
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0


def test_who_never_finishes_asking_keeps_nobody_waiting(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "1") as (_, address), ExitStack() as stack:
        place = ("127.0.0.1", urlsplit(address).port or 0)
        unfinished = [stack.enter_context(socket.create_connection(place, timeout=PATIENCE_S)) for _ in range(300)]
        for connection in unfinished:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert status(f"{address}/robots.txt") == 200
        for connection in unfinished:
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):  # it is still open: no one was ended for the other to be heard
                connection.recv(1)


def test_address_in_use_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(tmp_path, "serve", "--listen", f"127.0.0.1:{port}")
    assert done.returncode == 1
    assert done.stderr == (
        f"folkmoot: cannot listen at 127.0.0.1, port {port}: Address already in use; --listen names another address\n"
    )
    assert not (tmp_path / ".local").exists()


def test_two_sites_do_not_share_an_address(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address):
        done = run(tmp_path, "serve", "--data", "other", "--listen", address.rpartition(":")[2])
        assert done.returncode == 1
        assert "in use" in done.stderr


def test_data_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path, "serve", "--listen", "127.0.0.1:0", "--data", "file/data")
    assert (done.returncode, done.stderr) == (1, f"folkmoot: cannot make {tmp_path}/file: File exists\n")


def test_worker_alone_listens_nowhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "folkmoot", "serve", "--role", "work", "--url", "https://forum.example"]
    with started(command, tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Folkmoot works for https://forum.example\n"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0


SLOW = """
import asyncio, pathlib, sys
from folkmoot.http_server import open_listeners, serve

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    print("in flight", flush=True)
    while not pathlib.Path("go").exists():
        await asyncio.sleep(0.01)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"whole"})

[listener] = open_listeners("127.0.0.1", 0, 1)
print(listener.getsockname()[1], flush=True)
serve(app, listener, lambda: None)
"""


def test_stop_finishes_the_request_in_flight_and_takes_no_new_one(tmp_path: Path) -> None:
    with started([sys.executable, "-c", SLOW], tmp_path) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert process.stdout.readline() == "in flight\n"
            process.send_signal(signal.SIGTERM)
            refused = False
            while not refused:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S).close()
                except ConnectionError:
                    refused = True
            (tmp_path / "go").touch()
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
        assert answer.endswith(b"whole")
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0
