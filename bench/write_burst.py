"""How long does a web write wait while another process bursts like an inbox?

python -m bench.write_burst [--seconds N] [--sync-ms MS] [--burst N] [--rate N] [--way NAME]…

One process keeps `--burst` background commands under way (four votes to a comment, as an inbox gets them), another one
performs single commands of people at random moments, `--rate` a second. A wait is counted from the moment at which the
command was due, so a late one is not forgiven. `bare_sync` is what a sync of 20 KB took on the same disk in the same
time: on a machine that is busy with other work it shows whose fault a long wait is. Ways:

threads     SQLite as it is: a writer thread in each process, a lock between them
urgent      the same, where the burst does not say that it is in the background
no-lock     like urgent, without our lock: SQLite's own waiting (busy_timeout)
one-writer  the rival: one process writes for all, reached by a socket
postgresql  PostgreSQL, which syncs each commit
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

from bench import one_writer, slow_disk
from bench.machine import machine
from folkmoot.commands.base import Command, perform, perform_soon
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.commands.site import SetUpSite
from folkmoot.commands.votes import SetPostVote
from folkmoot.db.core import open_db
from folkmoot.db.file_lock import FileLock
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import Micros, PostId
from tests import postgres

WAYS = ("threads", "urgent", "no-lock", "one-writer", "postgresql")
PEOPLE, POSTS = 200, 500
BODY = "A comment of usual length, with *some* emphasis, a [link](https://example.org/x) and an end. " * 3
LIMIT_MS = 250.0

Submit = Callable[[Caller, Command[Any]], Future[Any]]


class Case(NamedTuple):
    """What every process of a run is told."""

    way: str
    dsn: str
    socket: Path
    seconds: float
    sync_ms: float
    burst: int
    rate: float
    callers: tuple[Caller, ...]
    posts: tuple[PostId, ...]


def now() -> Micros:
    return Micros(time.time_ns() // 1000)


def filled(dsn: str) -> tuple[tuple[Caller, ...], tuple[PostId, ...]]:
    """Make a site with people and posts."""
    db = open_db(dsn, clock=now)
    perform(db, OPERATOR, SetUpSite("Burst"))
    callers = tuple(Caller(perform(db, OPERATOR, CreatePerson(f"person_{n}"))) for n in range(PEOPLE))
    home = perform(db, callers[0], CreateCommunity("home", "Home"))
    posts = tuple(perform(db, callers[n % PEOPLE], CreatePost(home, f"Post number {n}")) for n in range(POSTS))
    db.close()
    return callers, posts


def submitting(case: Case, *, background: bool) -> Submit:
    """Give a process's way to have a command performed."""
    slow_disk.slow_down(case.sync_ms)
    if case.way == "one-writer":
        client = one_writer.Client(case.socket)
        return lambda caller, command: client.perform_soon(caller, command, background=background)
    if case.way == "no-lock":
        for name in ("acquire", "release"):
            setattr(FileLock, name, lambda _: None)
    db = open_db(case.dsn, clock=now, migrate=False)
    late = background and case.way not in {"urgent", "no-lock"}
    return lambda caller, command: perform_soon(db, caller, command, background=late)


def some_command(case: Case, chance: random.Random) -> tuple[Caller, Command[Any]]:
    """Make up what somebody does: four votes to a comment."""
    caller, post = chance.choice(case.callers), chance.choice(case.posts)
    if chance.random() < 0.2:
        return caller, CreateComment(post, None, BODY)
    return caller, SetPostVote(post, chance.choice((-1, 0, 1)))


def write_for_all(case: Case, ready: Connection) -> None:
    """Be the one process that writes."""
    slow_disk.slow_down(case.sync_ms)
    db = open_db(case.dsn, clock=now, migrate=False)
    ready.send("ready")
    one_writer.serve(db, case.socket)


def burst(case: Case, results: Connection) -> None:
    """Be the inbox: keep so many commands under way until the time is over; report how many were done."""
    chance = random.Random(1)  # noqa: S311
    submit = submitting(case, background=True)
    room = threading.Semaphore(case.burst)
    done: list[float] = []

    def finished(future: Future[Any]) -> None:
        future.result()
        done.append(time.perf_counter())
        room.release()

    results.send("ready")
    results.recv()
    end = time.perf_counter() + case.seconds
    while time.perf_counter() < end:
        room.acquire()
        submit(*some_command(case, chance)).add_done_callback(finished)
    results.send(len([moment for moment in done if moment <= end]))
    results.recv()


def web(case: Case, results: Connection) -> None:
    """Be a web process: perform single commands at random moments; report each one's wait in ms."""
    chance = random.Random(2)  # noqa: S311
    submit = submitting(case, background=False)
    waits: list[float] = []
    pending: list[Future[Any]] = []

    def waited(due: float, future: Future[Any]) -> None:
        future.result()
        waits.append((time.perf_counter() - due) * 1000)

    results.send("ready")
    results.recv()
    due = time.perf_counter()
    end = due + case.seconds
    while (due := due + chance.expovariate(case.rate)) < end:
        time.sleep(max(0.0, due - time.perf_counter()))
        future = submit(*some_command(case, chance))
        future.add_done_callback(partial(waited, due))
        pending.append(future)
    for future in pending:
        future.result()
    results.send(waits)
    results.recv()


def measured(case: Case) -> dict[str, Any]:
    """Run one way: both processes, and the writing one where the way has it."""
    processes, ends = started(case)
    for end in ends:
        end.recv()
    before = cpu_s(processes)
    with BareSyncs(case.socket.with_name("bare")) as bare:
        for end in ends:
            end.send("go")
        done, waits = ends[0].recv(), ends[1].recv()
    spent_s, memory_mb = cpu_s(processes) - before, pss_mb(processes)
    for process in processes:
        process.kill()
        process.join()
    return {
        "way": case.way,
        "sync_ms": case.sync_ms,
        "burst_per_s": round(done / case.seconds),
        "cpu_us": round(spent_s / (done + len(waits)) * 1e6),
        "pss_mb": round(memory_mb),
        **spread(waits),
        "bare_sync": {part: value for part, value in spread(bare.times_ms).items() if part.startswith(("p", "m"))},
    }


class BareSyncs:
    """What disk and scheduler do to a bare sync of 20 KB in the same time: no write can be quicker than that."""

    def __init__(self, path: Path) -> None:
        self.times_ms: list[float] = []
        self._path = path
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._probe)

    def _probe(self) -> None:
        with self._path.open("wb") as file:
            while not self._over.wait(0.02):
                began = time.perf_counter()
                file.write(bytes(20_000))
                file.flush()
                os.fdatasync(file.fileno())
                self.times_ms.append((time.perf_counter() - began) * 1000)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def started(case: Case) -> tuple[list[SpawnProcess], list[Connection]]:
    """Start the processes of a way. Returns them, and the ends of the pipes to the burst and to the web process."""
    context = multiprocessing.get_context("spawn")
    processes, ends = [], []
    if case.way == "one-writer":
        ready, told = context.Pipe()
        processes.append(context.Process(target=write_for_all, args=(case, told), daemon=True))
        processes[0].start()
        ready.recv()
    for target in (burst, web):
        here, there = context.Pipe()
        processes.append(context.Process(target=target, args=(case, there), daemon=True))
        processes[-1].start()
        ends.append(here)
    return processes, ends


def cpu_s(processes: Iterable[SpawnProcess]) -> float:
    """Give the CPU time of our processes so far; a PostgreSQL server's is not in it."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def pss_mb(processes: Iterable[SpawnProcess]) -> float:
    """Give the memory of our processes, shared parts divided."""
    total = 0
    for process in processes:
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def spread(waits: list[float]) -> dict[str, float]:
    ordered = sorted(waits)
    at = {f"p{part}": round(ordered[int(len(ordered) * part / 100)], 2) for part in (50, 90, 99)}
    return {"web_writes": len(waits), **at, "max": round(ordered[-1], 2)}


def run(way: str, options: argparse.Namespace) -> dict[str, Any]:
    with TemporaryDirectory(dir=options.folder) as folder:
        dsn = str(Path(folder) / "burst.db")
        if way == "postgresql":
            postgres.made_durable()
            dsn = postgres.made_database()
        callers, posts = filled(dsn)
        case = Case(
            way=way,
            dsn=dsn,
            socket=Path(folder) / "writer.sock",
            seconds=options.seconds,
            sync_ms=0.0 if way == "postgresql" else options.sync_ms,
            burst=options.burst,
            rate=options.rate,
            callers=callers,
            posts=posts,
        )
        result = measured(case)
    if way == "postgresql":
        postgres.dropped_database(dsn)
    return result


def main() -> None:
    """Measure each way, print a line for each, and JSON at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--sync-ms", type=float, default=0.0, help="let each sync of SQLite take so much longer")
    parser.add_argument("--burst", type=int, default=64, help="background commands under way at once")
    parser.add_argument("--rate", type=float, default=50.0, help="web writes a second")
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--folder", help="where SQLite files go")
    options = parser.parse_args()
    results = []
    for way in options.way or WAYS:
        results.append(run(way, options))
        sys.stderr.write(f"{results[-1]}\n")
    too_late = [result["way"] for result in results if result["max"] > LIMIT_MS and result["way"] != "no-lock"]
    sys.stdout.write(json.dumps({"machine": machine(), "results": results, "over_250_ms": too_late}, indent=1) + "\n")


if __name__ == "__main__":
    main()
