"""Which servers are measured? `folkmoot serve` on a generated site, one that only repeats its answers, and nginx."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bench.constant_server import Answer
from bench.machine import CannotMeasure
from bench.processes import cpu_s, parent
from folkmoot.db.core import is_postgresql, open_db
from folkmoot.model.ids import Micros

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
PYTHON = sys.executable
_LOOK_S = 0.5
_CALM_SHARE = 0.04
"""Of one core: what processes may do that are at rest."""
SITE_URL = "https://bench.example"
_LISTENS = re.compile(r"It listens at (127\.0\.0\.1:[0-9]+)")
_NOT_REPEATED = frozenset({"date", "server", "connection", "transfer-encoding"})
"""Headers that the HTTP server writes itself."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: where, and the process above all its processes."""

    url: str
    pid: int


@dataclass(frozen=True, slots=True)
class Serving:
    """How a site is served: its database, its data folder, so many web processes, and other flags."""

    dsn: str
    data: Path
    workers: int
    flags: Sequence[str] = ()

    def command(self, port: int) -> list[str]:
        """Give the command line that serves on loopback; port 0 takes a free one."""
        command = [sys.executable, "-m", "folkmoot", "serve", "--listen", f"127.0.0.1:{port}", "--url", SITE_URL]
        command += ["--workers", str(self.workers), "--database", self.dsn, "--data", str(self.data)]
        return [*command, "--log-level", "warning", *self.flags]


@contextlib.contextmanager
def site(serving: Serving) -> Iterator[Server]:
    """Serve a generated site."""
    with process_of(serving.command(0)) as process:
        yield Server(_url(process), process.pid)


def calm(roots: Sequence[int], *, patience_s: float) -> bool:
    """Wait until these processes have nothing to do. Returns whether they came to rest in that time."""
    end = time.perf_counter() + patience_s
    while time.perf_counter() < end:
        before = cpu_s(roots)
        time.sleep(_LOOK_S)
        if cpu_s(roots) - before < _LOOK_S * _CALM_SHARE:
            return True
    return False


@contextlib.contextmanager
def constant(answers: Sequence[Answer], folder: Path, *, workers: int) -> Iterator[Server]:
    """Serve these answers at `/0`, `/1` and so on."""
    file = folder / "answers.json"
    file.write_bytes(msgspec.json.encode(answers))
    with process_of([sys.executable, "-m", "bench.constant_server", str(file), str(workers)]) as process:
        yield Server(_url(process), process.pid)


_NGINX = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000000;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/bodies; }}
}}
"""


@contextlib.contextmanager
def nginx(answers: Sequence[Answer], folder: Path, *, workers: int) -> Iterator[Server | None]:
    """Let nginx serve the same bodies as files at `/0`, `/1` and so on: the outer limit. None where it is missing."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        yield None
        return
    bodies = folder / "bodies"
    bodies.mkdir()
    for number, answer in enumerate(answers):
        (bodies / str(number)).write_bytes(answer.body)
    port = _free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(_NGINX.format(user=user, workers=workers, folder=folder, port=port), encoding="utf-8")
    with process_of([program, "-c", str(file), "-e", str(folder / "nginx.log")]) as process:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        _wait_for(f"{server.url}/0")
        yield server


@contextlib.contextmanager
def process_of(command: Sequence[str], *, told: bool = False) -> Iterator["subprocess.Popen[str]"]:
    """Start a process whose output can be read, and which can be told things if so wanted; end it afterwards."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    variables["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    ears = subprocess.PIPE if told else None
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdin=ears, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _url(process: "subprocess.Popen[str]") -> str:
    """Wait for the line in which a server says where it is."""
    guard = threading.Timer(PATIENCE_S, process.kill)
    guard.start()
    try:
        for line in process.stdout or ():
            if found := _LISTENS.search(line):
                return f"http://{found[1]}"
    finally:
        guard.cancel()
    raise CannotMeasure("a server did not start")


def asked(url: str, headers: Mapping[str, str]) -> Answer:
    """Ask once."""
    place = urlsplit(url)
    connection = HTTPConnection(place.netloc, timeout=PATIENCE_S)
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    with contextlib.closing(connection):
        connection.request(
            "GET", path, headers={**headers, "accept-encoding": headers.get("accept-encoding", "identity")}
        )
        response = connection.getresponse()
        body = response.read()
        kept = [(name.encode(), value.encode()) for name, value in response.getheaders() if name not in _NOT_REPEATED]
        return Answer(response.status, kept, body)


def first_answer_s(serving: Serving) -> float:
    """Give how long a site takes from the start of Python to the first answer of its front page."""
    port = _free_port()
    began = time.perf_counter()
    with process_of(serving.command(port)):
        _wait_for(f"http://127.0.0.1:{port}/")
        return time.perf_counter() - began


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(url: str) -> None:
    end = time.perf_counter() + PATIENCE_S
    while True:
        try:
            asked(url, {})
        except OSError:
            if time.perf_counter() > end:
                raise
            time.sleep(0.005)
        else:
            return


def database_server(dsn: str) -> list[int]:
    """Give the process above all of a PostgreSQL server on this machine; none for SQLite, which is in ours."""
    if not is_postgresql(dsn):
        return []
    with contextlib.closing(open_db(dsn, clock=lambda: Micros(0), migrate=False)) as db, db.read() as reader:
        return [parent(int(reader.value("select pg_backend_pid()")))]
