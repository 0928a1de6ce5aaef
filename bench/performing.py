"""How does a web process perform? A process like one, without its listening socket: a role that only the bench has.

python -m bench.performing DSN

It reads a JSON object a line from standard input and answers each with one: `perform` lets some callers do the same
deed one after the other for some seconds; `steady` does so many a second whatever they take; `note` takes down what so
many commands write, and leaves that in a file. Callers are tasks of one event loop, as requests are.
"""

import asyncio
import gc
import json
import pickle
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from bench.deeds import DEEDS, Deed, Ground, ground
from bench.in_process import InProcess
from bench.states import State
from folkmoot import main as house
from folkmoot.commands.base import perform_async
from folkmoot.db.core import Db, open_db
from folkmoot.memory import return_large_blocks
from folkmoot.model.errors import Refusal

Written = list[list[tuple[str, dict[str, Any]]]]
"""By command: each writing statement with its parameters, as the database's driver takes them."""


class Performer:
    """What the process does, with the site that it does it to."""

    def __init__(self, db: Db, there: Ground) -> None:
        self._db = db
        self._deeds: dict[str, Iterator[Deed]] = {name: made(there) for name, made in DEEDS.items()}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Do what a line asks for."""
        return asyncio.run(self._answered(asked["deed"], asked))

    async def _answered(self, deed: str, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["do"] == "perform":
            return await self._perform(deed, asked["callers"], seconds=asked["seconds"])
        if asked["do"] == "note":
            written = await self._written(deed, asked["callers"], count=asked["count"])
            await asyncio.to_thread(Path(asked["file"]).write_bytes, pickle.dumps(written))
            return {"commands": len(written)}
        return await self._steady(deed, asked["per_s"], seconds=asked["seconds"])

    async def _perform(self, deed: str, callers: int, *, seconds: float) -> dict[str, Any]:
        waits: list[float] = []
        refused: list[str] = []
        before = self._db.stats()
        began = time.perf_counter()

        async def go() -> None:
            since = began
            while since < began + seconds:
                since = time.perf_counter()
                try:
                    await perform_async(self._db, *next(self._deeds[deed]))
                except Refusal as refusal:
                    refused.append(str(refusal))
                waits.append((time.perf_counter() - since) * 1000)

        await _by_each(go, callers)
        spent = time.perf_counter() - began
        after = self._db.stats()
        batches = max(1, after.batches - before.batches)
        found = {"commands": len(waits), "seconds": spent, "refused": len(refused)}
        return {**found, "commands_a_commit": (after.commands - before.commands) / batches, **_spread(waits)}

    async def _steady(self, deed: str, per_s: float, *, seconds: float) -> dict[str, Any]:
        """Perform at random moments, so many a second; a wait is counted from the moment that was due."""
        chance = Random(1)  # noqa: S311 -- a moment is no secret
        waits: list[float] = []
        pending: list[asyncio.Task[None]] = []

        async def go(due: float) -> None:
            try:
                await perform_async(self._db, *next(self._deeds[deed]))
            finally:
                waits.append((time.perf_counter() - due) * 1000)

        due = began = time.perf_counter()
        while (due := due + chance.expovariate(per_s)) < began + seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            pending.append(asyncio.create_task(go(due)))
        ends = await asyncio.gather(*pending, return_exceptions=True)
        refused = sum(isinstance(end, Refusal) for end in ends)
        stats = self._db.stats()
        return {
            "commands": len(pending),
            "seconds": time.perf_counter() - began,
            "refused": refused,
            "broken": sum(end is not None for end in ends) - refused,
            "checkpoints": stats.checkpoints,
            **_spread(waits),
        }

    async def _written(self, deed: str, callers: int, *, count: int) -> Written:
        """Let the callers perform so many commands between them, and take down what each wrote."""
        tasks = iter([next(self._deeds[deed]) for _ in range(count)])

        async def go() -> None:
            for task in tasks:
                with suppress(Refusal):
                    await perform_async(self._db, *task)

        with _noting(self._db) as written:
            await _by_each(go, callers)
        return list(written.values())


async def _by_each(go: Callable[[], Awaitable[None]], callers: int) -> None:
    await asyncio.gather(*(go() for _ in range(callers)))


def _spread(waits: list[float]) -> dict[str, float]:
    ordered = sorted(waits) or [0.0]
    at = {f"p{part}_ms": round(ordered[len(ordered) * part // 100], 3) for part in (50, 99)}
    return {**at, "max_ms": round(ordered[-1], 3)}


class _noting:  # noqa: N801 -- used like a function
    """Takes down, by transaction, what is written meanwhile. A look from outside, for this only."""

    def __init__(self, db: Db) -> None:
        if db.reads_inline:
            from folkmoot.db import sqlite_tx  # noqa: PLC0415 -- only one of the two drivers is needed
            from folkmoot.db.params import sqlite_params  # noqa: PLC0415 -- as above

            self._tx: Any = sqlite_tx.SqliteTx
            self._prepared: Callable[[str, Any], tuple[str, Any]] = lambda sql, params: (sql, sqlite_params(params))
        else:
            from folkmoot.db import postgresql_tx  # noqa: PLC0415 -- as above
            from folkmoot.db.params import numbered, postgresql_params  # noqa: PLC0415 -- as above

            self._tx = postgresql_tx.PostgresqlTx

            def prepared(sql: str, params: Any) -> tuple[str, Any]:  # noqa: ANN401 -- as a statement takes them
                text, names = numbered(sql)
                return text, postgresql_params(names, params)

            self._prepared = prepared
        self._before = self._tx.run, self._tx.run_many, self._tx.row
        self._written: dict[Any, list[tuple[str, Any]]] = {}

    def __enter__(self) -> dict[Any, list[tuple[str, Any]]]:
        written, prepared, (run, many, row) = self._written, self._prepared, self._before

        def note(tx: Any, sql: str, params: Any) -> None:  # noqa: ANN401 -- as a statement takes them
            written.setdefault(tx, []).append(prepared(sql, dict(params)))

        def noted_run(tx: Any, sql: str, **params: Any) -> Any:  # noqa: ANN401 -- as the method it stands for
            note(tx, sql, params)
            return run(tx, sql, **params)

        def noted_many(tx: Any, sql: str, rows: Any) -> None:  # noqa: ANN401 -- as the method it stands for
            kept = [dict(each) for each in rows]
            for each in kept:
                note(tx, sql, each)
            many(tx, sql, kept)

        def noted_row(tx: Any, sql: str, **params: Any) -> Any:  # noqa: ANN401 -- as the method it stands for
            if "folkmoot_next_ids" in sql:  # a question that writes
                note(tx, sql, params)
            return row(tx, sql, **params)

        self._tx.run, self._tx.run_many, self._tx.row = noted_run, noted_many, noted_row
        return written

    def __exit__(self, *_: object) -> None:
        self._tx.run, self._tx.run_many, self._tx.row = self._before


def main() -> None:
    """Answer lines until there are no more."""
    dsn = sys.argv[1]
    gc.set_threshold(house.OBJECTS_BETWEEN_LOOKS)
    return_large_blocks()
    db = open_db(dsn, clock=house.clock, migrate=False)
    with InProcess(db, dsn, State.CACHED):  # its caches follow what is written, as in a web process
        with db.read() as reader:
            performer = Performer(db, ground(reader))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            sys.stdout.write(json.dumps(performer.answer(json.loads(line))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
