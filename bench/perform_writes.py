"""What does a command cost, and what is the floor? SQLite and PostgreSQL, some callers at once.

python -m bench.perform_writes [--seconds N] [--callers N,N] [--batch N] [--sync-ms MS] [--database NAME]

The floor of a command is the durable transaction of the same rows and nothing else: its writing statements, taken down
while it ran, run again on a bare connection in groups as large as the callers make them. The goal is a ratio of CPU
of at most 1.5 with 16 callers. `--batch 1` shows what grouping is worth: one commit a command.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw

from bench import slow_disk
from bench.machine import machine
from bench.write_burst import BODY, filled, now, spread
from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.votes import SetPostVote
from folkmoot.db import sqlite_tx, writer
from folkmoot.db.core import open_db
from folkmoot.db.params import sqlite_params
from folkmoot.db.sqlite_files import connected
from folkmoot.model.callers import Caller
from folkmoot.model.ids import PostId
from tests import postgres

Make = Callable[[random.Random, int], tuple[Caller, Command[Any]]]
Statement = tuple[str, dict[str, Any]]
TAKEN_DOWN = 2000
ROUNDS = 5


def kinds(callers: tuple[Caller, ...], posts: tuple[PostId, ...]) -> dict[str, Make]:
    """Give the ways to make up a command: a vote that changes something each time, and a comment."""

    def vote(chance: random.Random, number: int) -> tuple[Caller, Command[Any]]:
        return chance.choice(callers), SetPostVote(chance.choice(posts), (-1, 1)[number // 7 % 2])

    def comment(chance: random.Random, number: int) -> tuple[Caller, Command[Any]]:
        return chance.choice(callers), CreateComment(chance.choice(posts), None, f"{BODY}{number}")

    return {"vote": vote, "comment": comment}


def measured(dsn: str, make: Make, callers: int, seconds: float, *, seed: int = 0) -> dict[str, Any]:
    """Perform from so many threads for that long. On the same site each time with another seed: a vote changes once."""
    db = open_db(dsn, clock=now, migrate=False)
    waits: list[float] = []
    end = time.perf_counter() + seconds

    def go(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        number = 0
        while (began := time.perf_counter()) < end:
            number += 1
            perform(db, *make(chance, number))
            waits.append((time.perf_counter() - began) * 1000)

    cpu_s = time.process_time()
    threads = [threading.Thread(target=go, args=(seed * callers + number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cpu_s = time.process_time() - cpu_s
    stats = db.stats()
    db.close()
    return {
        "callers": callers,
        "per_s": round(len(waits) / seconds),
        "cpu_us": round(cpu_s / len(waits) * 1e6),
        "commands_a_commit": round(stats.commands / stats.batches, 1),
        **spread(waits),
    }


def taken_down(dsn: str, make: Make, *, seed: int = 0) -> list[list[Statement]]:
    """Perform some commands and give the writing statements of each."""
    db = open_db(dsn, clock=now, migrate=False)
    found: list[list[Statement]] = []
    executed = sqlite_tx._Statements._execute  # noqa: SLF001 -- a look from outside, for this only
    many = sqlite_tx.SqliteTx.run_many

    def note(tx: Any, sql: str, params: Any) -> apsw.Cursor:  # noqa: ANN401
        if not sql.lstrip().startswith("select"):
            found[-1].append((sql, dict(sqlite_params(params))))
        return executed(tx, sql, params)

    def note_many(tx: Any, sql: str, rows: Any) -> None:  # noqa: ANN401
        kept = [dict(row) for row in rows]
        found[-1].extend((sql, sqlite_params(dict(row))) for row in kept)
        many(tx, sql, kept)

    chance = random.Random(seed)  # noqa: S311
    setattr(sqlite_tx._Statements, "_execute", note)  # noqa: B010, SLF001 -- assigned to, the checker would object
    setattr(sqlite_tx.SqliteTx, "run_many", note_many)  # noqa: B010
    for number in range(TAKEN_DOWN):
        found.append([])
        perform(db, *make(chance, number))
    setattr(sqlite_tx._Statements, "_execute", executed)  # noqa: B010, SLF001
    setattr(sqlite_tx.SqliteTx, "run_many", many)  # noqa: B010
    db.close()
    return found


def floor_us(dsn: str, commands: list[list[Statement]], group: int) -> float:
    """Run the statements bare, in groups. Returns CPU µs a command."""
    connection = connected(Path(dsn), cache_bytes=8 * 1024 * 1024)
    connection.wal_autocheckpoint(1000)
    cpu_s = time.process_time()
    for first in range(0, len(commands), group):
        connection.execute("begin immediate")
        for command in commands[first : first + group]:
            for sql, params in command:
                connection.execute(sql, params).fetchall()
        connection.execute("commit")
    cpu_s = time.process_time() - cpu_s
    connection.close()
    return cpu_s / len(commands) * 1e6


def floor(make: Callable[[str], Make], kind_folder: Path, group: int) -> float:
    """Give the median floor of some rounds: what one database took down, run on another that is as it was."""
    results = []
    for number in range(ROUNDS):
        first, second = (str(kind_folder / f"floor{number}{half}.db") for half in "ab")
        commands = taken_down(first, make(first))
        make(second)
        results.append(floor_us(second, commands, group))
    return sorted(results)[ROUNDS // 2]


def main() -> None:
    """Measure votes and comments, print lines, and JSON at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--callers", default="1,16,64")
    parser.add_argument("--batch", type=int, default=writer.BATCH_COMMANDS, help="commands a commit at most")
    parser.add_argument("--sync-ms", type=float, default=0.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    slow_disk.slow_down(options.sync_ms)
    writer.BATCH_COMMANDS = options.batch
    results = []
    for name in ("vote", "comment"):
        for callers in (int(number) for number in options.callers.split(",")):
            with TemporaryDirectory() as folder:
                results.append({"command": name, **one(name, callers, options, Path(folder))})
                sys.stderr.write(f"{results[-1]}\n")
    told = {"database": options.database, "batch": options.batch, "sync_ms": options.sync_ms}
    sys.stdout.write(json.dumps({"machine": machine(), **told, "results": results}, indent=1) + "\n")


def one(name: str, callers: int, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure one kind of command with so many callers, and on SQLite its floor."""

    def filled_for(dsn: str) -> Make:
        return kinds(*filled(dsn))[name]

    if options.database == "postgresql":
        postgres.made_durable()
        dsn = postgres.made_database()
        result = measured(dsn, filled_for(dsn), callers, options.seconds)
        postgres.dropped_database(dsn)
        return result
    dsn = str(folder / "perform.db")
    result = measured(dsn, filled_for(dsn), callers, options.seconds)
    least = floor(filled_for, folder, max(1, round(result["commands_a_commit"])))
    return {**result, "floor_us": round(least), "ratio": round(result["cpu_us"] / least, 2)}


if __name__ == "__main__":
    main()
